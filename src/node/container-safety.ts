import type { ContainerSpec } from '../ports/containers.ts';
import type { Share } from './consensus/split-budget.ts';
import { GETH_GID, GETH_UID } from './container-paths.ts';

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

/** What every container of a node has in common: its limits, and every safety default of the project. */
export function safeContainer(
  share: Share,
  around: Surroundings,
): Pick<ContainerSpec, 'user' | 'limits' | 'swappiness' | 'nofile' | 'tmpfs' | 'restart' | 'log' | 'readOnlyRoot'> {
  return {
    user: `${GETH_UID}:${GETH_GID}`,
    limits: {
      memory: share.memory,
      memorySwap: share.memory + share.swap,
      nanoCpus: Math.round(share.cpus * 1e9),
      pids: PIDS_LIMIT,
    },
    swappiness: around.swappiness === undefined ? undefined : Math.min(around.swappiness, 100),
    nofile: around.fileLimit === undefined ? undefined : Math.min(WANTED_FILES, around.fileLimit),
    tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=64m' },
    // Geth ends a low disk with exit 0, so it is not started into the same wall again.
    restart: 'on-failure',
    log: { maxSize: '10m', maxFiles: 3 },
    readOnlyRoot: true,
  };
}
