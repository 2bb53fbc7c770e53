import type { NodeStatus } from '../../../../src/node/node-status.ts';
import { GIB, MIB } from '../../../../src/node/size.ts';
import { progress } from '../../../../src/node/sync/progress.ts';
import type { NodeSample } from '../../../../src/node/watch/sample.ts';
import type { View } from '../../../../src/node/watch/view/view.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');

/** A hoodi node that syncs its chain with Prysm beside it. */
export function makeStatus(over: Partial<NodeStatus> = {}): NodeStatus {
  const container = {
    ...{ name: 'nodectl-hoodi', id: 'ab'.repeat(32), state: 'running' as const, exitCode: null, oomKilled: false, error: null },
    ...{ restartCount: 0, createdAt: '2026-11-20T10:00:00.000Z', startedAt: '2026-11-20T10:00:00.000Z', finishedAt: null },
    uptimeMs: 26 * 3_600_000,
  };
  return {
    node: 'hoodi',
    healthy: true,
    network: 'hoodi',
    chainId: 560048,
    mode: 'snap',
    container,
    geth: { version: '1.17.8', answersAs: 'Geth/v1.17.8' },
    image: { ref: 'nodectl/geth:v1.17.8', id: `sha256:${'ab'.repeat(32)}`, digest: null, origin: null },
    limits: { memoryBytes: 4 * GIB, swapBytes: 2 * GIB, cpus: 2, pids: 512 },
    use: { memoryBytes: 3 * GIB, swapBytes: 300 * MIB, cpusAverage: 1.2, diskBytes: 412 * GIB, source: 'kernel' },
    storage: null,
    ports: [],
    endpoints: { http: 'http://127.0.0.1:8545', ws: null },
    sync: { state: 'syncing', phase: 'chain', current: 812_345, highest: 1_000_000, pending: null },
    head: { number: 812_345, hash: '0xab', time: '2026-11-21T11:59:48.000Z', ageMs: 12_000 },
    finalized: 812_281,
    peers: 12,
    txpool: { pending: 1_234, queued: 5 },
    consensus: {
      ...{ client: 'prysm', state: { state: 'syncing', distance: 4_321 }, healthy: true, container },
      image: { ref: 'nodectl/prysm:v7.0.0', id: null },
      limits: { memoryBytes: 2 * GIB, swapBytes: 0, cpus: 1, pids: 512 },
      use: { memoryBytes: 1.2 * GIB, swapBytes: 0, cpusAverage: 0.4, diskBytes: 20 * GIB, source: 'kernel' },
      ...{ restEndpoint: 'http://127.0.0.1:3500', answersAs: 'Prysm/v7.0.0', peers: 34, headSlot: 1_000_000, syncDistance: 4_321 },
      ...{ finalizedEpoch: 31_000, elOffline: false, optimistic: false },
    },
    light: null,
    death: null,
    notes: [],
    ...over,
  };
}

export function makeSample(over: Partial<NodeSample> = {}): NodeSample {
  const trend = { rate: 312, unit: 'blocks' as const, eta: { ms: 7_500_000 } };
  return {
    time: NOW,
    node: 'hoodi',
    status: makeStatus(),
    cpus: 1.82,
    workingSetBytes: 2.94 * GIB,
    heldBytes: 2.5 * GIB,
    pressure: { memorySome: 0.12, memoryFull: 0.03, cpuSome: 0.04, ioSome: 0.33, ioFull: 0.2 },
    swapIo: { inBytes: 9 * MIB, outBytes: 4 * MIB },
    directions: null,
    hostSwapFreeBytes: null,
    diskFreeBytes: 188 * GIB,
    phases: [
      { progress: progress('chain', 'blocks', 812_345, 1_000_000), trend },
      {
        progress: progress('state', 'accounts', 1_200_000, null),
        trend: { rate: 4_100, unit: 'accounts', eta: { none: 'no estimate: nobody knows how much there is' } },
      },
    ],
    trend,
    warnings: [{ kind: 'memory-limit', text: 'Memory heads for its limit.', inMs: 720_000 }],
    ...over,
  };
}

/** Five minutes of samples, every ten seconds, in which everything grows. */
export function makeCourse(over: Partial<NodeSample> = {}): readonly NodeSample[] {
  return Array.from({ length: 31 }, (_, at) => {
    const share = at / 30;
    const status = makeStatus({ ...over.status, peers: Math.round(share * 12) });
    return makeSample({
      ...{ ...over, status, time: NOW - (30 - at) * 10_000 },
      ...{ cpus: share * 1.82, workingSetBytes: share * 2.94 * GIB, heldBytes: share * 2.5 * GIB },
      swapIo: { inBytes: at * 9 * MIB, outBytes: at * 4 * MIB },
    });
  });
}

export function makeView(over: Partial<View> = {}): View {
  return {
    ...{ node: 'hoodi', now: NOW, samples: makeCourse(), blind: undefined, hint: 'every 2s, q to leave' },
    news: [
      { time: NOW - 60_000, text: 'The state is now "syncing".' },
      { time: NOW - 5_000, text: 'Warning: memory heads for its limit.' },
    ],
    ...over,
  };
}
