import { randomBytes } from 'node:crypto';
import type { ContainerSpec } from '../../src/ports/containers.ts';
import type { VolumeRun } from '../../src/ports/volume-run.ts';

/** The container of a run on a volume. */
export function throwaway({ image, args, entrypoint, network, labels, user, volume, target, memory }: VolumeRun): ContainerSpec {
  return {
    ...{ image, args, entrypoint, labels, user },
    name: `nodectl-once-${randomBytes(6).toString('hex')}`,
    env: {},
    limits: { memory, memorySwap: memory, nanoCpus: 0, pids: 256 },
    mounts: [{ volume, target }],
    tmpfs: {},
    ports: [],
    stopTimeoutSeconds: 1,
    restart: 'no',
    log: { maxSize: '16m', maxFiles: 2 },
    readOnlyRoot: false,
    network: network ?? 'none',
  };
}
