import type { Check } from '../check.ts';
import { cgCpu } from './cg-cpu.ts';
import { cgMemory } from './cg-memory.ts';
import { cgSwap } from './cg-swap.ts';
import { cgVersion } from './cg-version.ts';
import { cpuCount } from './cpu-count.ts';
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
import { memFree } from './mem-free.ts';
import { memPsi } from './mem-psi.ts';
import { memZram } from './mem-zram.ts';
import { netBridge } from './net-bridge.ts';
import { netExposure } from './net-exposure.ts';
import { netIpv6 } from './net-ipv6.ts';
import { netPorts } from './net-ports.ts';
import { oomHistory } from './oom-history.ts';
import { oomReadlog } from './oom-readlog.ts';
import { oomScore } from './oom-score.ts';
import { oomUserspace } from './oom-userspace.ts';
import { secApparmor } from './sec-apparmor.ts';
import { stopTimeout } from './stop-timeout.ts';
import { swapAllowed } from './swap-allowed.ts';
import { swapFile } from './swap-file.ts';
import { swapPresent } from './swap-present.ts';
import { swapSize } from './swap-size.ts';
import { thp } from './thp.ts';
import { timeSync } from './time-sync.ts';
import { ulimitNofile } from './ulimit-nofile.ts';
import { virtType } from './virt-type.ts';
import { vmOvercommit } from './vm-overcommit.ts';
import { vmSwappiness } from './vm-swappiness.ts';
import { volFiles } from './vol-files.ts';
import { volMounted } from './vol-mounted.ts';
import { volOptions } from './vol-options.ts';
import { volSpace } from './vol-space.ts';

/** Every check of the host, sorted by id. */
export const CHECKS: readonly Check[] = [
  cgCpu,
  cgMemory,
  cgSwap,
  cgVersion,
  cpuCount,
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
  memFree,
  memPsi,
  memZram,
  netBridge,
  netExposure,
  netIpv6,
  netPorts,
  oomHistory,
  oomReadlog,
  oomScore,
  oomUserspace,
  secApparmor,
  stopTimeout,
  swapAllowed,
  swapFile,
  swapPresent,
  swapSize,
  thp,
  timeSync,
  ulimitNofile,
  virtType,
  vmOvercommit,
  vmSwappiness,
  volFiles,
  volMounted,
  volOptions,
  volSpace,
];
