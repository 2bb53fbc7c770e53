import { defineConfig } from 'vitest/config';

/** Tests that use a real engine or real programs: one file after the other, so that none is judged by another's load. */
const REAL = ['test/scenarios/**', 'test/contract/**', 'test/launcher/**', 'test/adapters/docker-engine/**'].map(
  (folder) => `${folder}/*.test.ts`,
);

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: REAL, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'real', include: REAL, fileParallelism: false, sequence: { groupOrder: 1 } } },
    ],
  },
});
