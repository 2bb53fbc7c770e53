import { progress } from '../../../../src/node/sync/progress.ts';
import { makeContainer, makeSample } from '../make-sample.ts';

/** A node in a snap sync: its chain at three quarters, its state healing. */
export const SYNCING = makeSample(
  {
    phases: [
      { progress: progress('chain', 'blocks', 750, 1000), trend: { rate: 12.5, unit: 'blocks', eta: { ms: 20_000 } } },
      {
        progress: { ...progress('healing', 'trie nodes', 5000, null), pending: 70 },
        trend: { rate: null, unit: 'trie nodes', eta: { none: 'no estimate: pending 70, falling' } },
      },
    ],
  },
  { sync: { state: 'syncing', phase: 'chain', current: 750, highest: 1000, pending: null } },
);

/** A node whose consensus client was killed. */
export const CONSENSUS = makeSample(
  {},
  {
    consensus: {
      client: 'prysm',
      state: { state: 'dead' },
      healthy: false,
      container: makeContainer({ name: 'nodectl-mainnet-cl', state: 'exited', exitCode: 137, oomKilled: true, restartCount: 3 }),
      image: { ref: 'gcr.io/offchainlabs/prysm/beacon-chain:v7.3.1', id: null },
      limits: { memoryBytes: 2 ** 31, swapBytes: 0, cpus: 0.5, pids: 512 },
      use: null,
      restEndpoint: 'http://127.0.0.1:3500',
      answersAs: null,
      peers: 30,
      headSlot: 1000,
      syncDistance: 2,
      finalizedEpoch: 29,
      elOffline: null,
      optimistic: null,
    },
  },
);
