import type { Check } from '../check.ts';
import { diskFree } from './disk-free.ts';
import { diskInodes } from './disk-inodes.ts';
import { diskLatency } from './disk-latency.ts';
import { diskQuota } from './disk-quota.ts';
import { diskType } from './disk-type.ts';
import { dockerApi } from './docker-api.ts';
import { dockerFlavor } from './docker-flavor.ts';
import { dockerLiveRestore } from './docker-liverestore.ts';
import { dockerLocal } from './docker-local.ts';
import { dockerReach } from './docker-reach.ts';
import { dockerRuntime } from './docker-runtime.ts';
import { dockerStop } from './docker-stop.ts';
import { logRotate } from './log-rotate.ts';
import { netBridge } from './net-bridge.ts';
import { netExposure } from './net-exposure.ts';
import { netIpv6 } from './net-ipv6.ts';
import { netPorts } from './net-ports.ts';
import { secApparmor } from './sec-apparmor.ts';
import { stopTimeout } from './stop-timeout.ts';
import { thp } from './thp.ts';
import { timeSync } from './time-sync.ts';
import { volMounted } from './vol-mounted.ts';
import { volOptions } from './vol-options.ts';

/** Every check of the host, in the order of its report: by group. */
export const CHECKS: readonly Check[] = [
  diskFree,
  diskInodes,
  diskLatency,
  diskQuota,
  diskType,
  dockerApi,
  dockerFlavor,
  dockerLiveRestore,
  dockerLocal,
  dockerReach,
  dockerRuntime,
  dockerStop,
  logRotate,
  netBridge,
  netExposure,
  netIpv6,
  netPorts,
  secApparmor,
  stopTimeout,
  timeSync,
  volMounted,
  volOptions,
  thp,
];
