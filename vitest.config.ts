import { defineConfig } from 'vitest/config';

/** Tests on a proof-of-stake chain of their own: minutes of waiting for slots, beside the other real ones (scripts/test.mjs). */
const CHAIN = [
  ...['consensus-life', 'consensus-pair', 'light-prover'].map((name) => `test/scenarios/${name}.test.ts`),
  'test/pos/network.test.ts',
];

/** Tests that use a real engine or real programs: one file after the other, so that none is judged by another's load. */
const REAL = ['test/scenarios/**', 'test/contract/**', 'test/launcher/**', 'test/adapters/docker-engine/**'].map(
  (folder) => `${folder}/*.test.ts`,
);

/** Real binaries of many geth versions, by `npm run test:versions` alone; four at a time, since much of a start and an end is waiting. */
const VERSIONS = 'test/versions/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: [...REAL, ...CHAIN, VERSIONS], sequence: { groupOrder: 0 } },
      },
      { extends: true, test: { name: 'real', include: REAL, exclude: CHAIN, fileParallelism: false, sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'chain', include: CHAIN, fileParallelism: false, sequence: { groupOrder: 2 } } },
      {
        extends: true,
        test: { name: 'versions', include: [VERSIONS], fileParallelism: false, maxConcurrency: 4, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
