import type { NodeStatus } from '../../../src/node/node-status.ts';
import { GIB } from '../../../src/node/size.ts';
import type { NodeSample } from '../../../src/node/watch/sample.ts';
import { NOW } from '../make-node.ts';

/** A status of a mainnet node that follows its chain in 8 GiB, its consensus client elsewhere. */
export function makeStatus(over: Partial<NodeStatus> = {}): NodeStatus {
  return {
    node: 'mainnet',
    healthy: true,
    network: 'mainnet',
    chainId: 1,
    mode: 'snap',
    container: makeContainer(),
    geth: { version: '1.17.8', answersAs: 'Geth/v1.17.8-stable/linux-amd64/go1.25.1' },
    image: { ref: 'ethereum/client-go:v1.17.8', id: `sha256:${'ab'.repeat(32)}`, digest: null, origin: 'pulled' },
    limits: { memoryBytes: 8 * GIB, swapBytes: 2 * GIB, cpus: 1.5, pids: 512 },
    use: { memoryBytes: 6 * GIB, swapBytes: 0, cpusAverage: 0.5, diskBytes: 900 * GIB, source: 'kernel' },
    storage: null,
    ports: [],
    endpoints: { http: 'http://127.0.0.1:8545', ws: null },
    sync: { state: 'at-head', indexing: 0 },
    head: { number: 23_456_789, hash: `0x${'cd'.repeat(32)}`, time: new Date(NOW - 7_000).toISOString(), ageMs: 7_000 },
    finalized: 23_456_700,
    peers: 42,
    txpool: { pending: 150, queued: 30 },
    consensus: null,
    light: null,
    death: null,
    notes: [],
    ...over,
  };
}

export function makeContainer(over: Partial<NodeStatus['container']> = {}): NodeStatus['container'] {
  return {
    name: 'nodectl-mainnet',
    id: 'ef'.repeat(32),
    state: 'running',
    exitCode: null,
    oomKilled: false,
    error: null,
    restartCount: 0,
    createdAt: '2026-11-01T00:00:00.000Z',
    startedAt: '2026-11-20T12:00:00.000Z',
    finishedAt: null,
    uptimeMs: 86_400_000,
    ...over,
  };
}

/** What a watcher knows of that node at NOW; its name is the status's. */
export function makeSample(over: Partial<NodeSample> = {}, status: Partial<NodeStatus> = {}): NodeSample {
  const told = makeStatus(status);
  return {
    time: NOW,
    node: told.node,
    status: told,
    cpus: 0.75,
    workingSetBytes: 5 * GIB,
    heldBytes: 4 * GIB,
    pressure: { memorySome: 0.125, memoryFull: 0.0625, cpuSome: 0.25, ioSome: 0.5, ioFull: 0.375 },
    swapIo: { inBytes: 4096, outBytes: 8192 },
    directions: null,
    hostSwapFreeBytes: null,
    diskFreeBytes: 100 * GIB,
    phases: [],
    trend: null,
    warnings: [],
    ...over,
  };
}
