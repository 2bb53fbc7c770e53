import type { ContainerSpec, PortBinding } from '../ports/containers.ts';
import { DATA_DIRECTORY, GETH_GID, GETH_UID, HTTP_PORT, WS_PORT } from './container-paths.ts';
import { gethCommand } from './geth-arguments.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC, LABEL_VERSION } from './labels.ts';
import { chainNetworkName, partNames } from './names.ts';
import type { NetworkProfile } from './profile.ts';
import { type NodeSpec, specLabel } from './spec.ts';
import { STOP_TIMEOUT_SECONDS } from './stop-timeout.ts';

/** A Go program of this size needs a few dozen threads; a runaway one shall not starve the host. */
const PIDS_LIMIT = 512;
/** Geth raises its own limit to what it is given and sizes its database handles by it. */
const WANTED_FILES = 65_536;

export interface Surroundings {
  /** The hard limit of open files that the engine may hand on; undefined = unknown, then the engine's default holds. */
  readonly fileLimit: number | undefined;
  /** vm.swappiness where the engine's containers do not follow it by themselves: on cgroup v1 their group has a copy of it from the day it was made. */
  readonly swappiness: number | undefined;
  readonly nodectlVersion: string;
}

/** The container of a node's execution client. Pure; every safety default of the project is set here. */
export function containerSpec(node: string, spec: NodeSpec, profile: NetworkProfile, around: Surroundings): ContainerSpec {
  const names = partNames(node);
  const command = gethCommand(spec, profile);
  return {
    name: names.container,
    image: spec.image.id === '' ? spec.image.ref : spec.image.id,
    args: command.args,
    env: command.env,
    labels: {
      [LABEL_NODE]: node,
      [LABEL_ROLE]: 'execution',
      [LABEL_SPEC]: specLabel(spec),
      [LABEL_VERSION]: around.nodectlVersion,
    },
    user: `${GETH_UID}:${GETH_GID}`,
    limits: {
      memory: spec.memory,
      memorySwap: spec.memory + spec.swap,
      nanoCpus: Math.round(spec.cpus * 1e9),
      pids: PIDS_LIMIT,
    },
    swappiness: around.swappiness === undefined ? undefined : Math.min(around.swappiness, 100),
    nofile: around.fileLimit === undefined ? undefined : Math.min(WANTED_FILES, around.fileLimit),
    mounts: [{ volume: names.volume, target: DATA_DIRECTORY }],
    tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=64m' },
    ports: portBindings(spec.ports),
    stopTimeoutSeconds: STOP_TIMEOUT_SECONDS,
    // Geth ends a low disk with exit 0, so it is not started into the same wall again.
    restart: 'on-failure',
    log: { maxSize: '10m', maxFiles: 3 },
    readOnlyRoot: true,
    network: profile.private === undefined ? 'bridge' : chainNetworkName(profile.private.genesis),
  };
}

function portBindings(ports: NodeSpec['ports']): readonly PortBinding[] {
  const own = { hostIp: '127.0.0.1', protocol: 'tcp' } as const;
  const rpc: PortBinding[] = [
    { ...own, hostPort: ports.http, containerPort: HTTP_PORT },
    { ...own, hostPort: ports.ws, containerPort: WS_PORT },
  ];
  const { p2p } = ports;
  if (p2p === null) return rpc;
  const peer = { hostIp: '0.0.0.0', hostPort: p2p, containerPort: p2p } as const;
  return [...rpc, { ...peer, protocol: 'tcp' }, { ...peer, protocol: 'udp' }];
}
