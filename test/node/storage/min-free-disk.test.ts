import { expect, test } from 'vitest';
import { GIB, MIB } from '../../../src/node/size.ts';
import { leastFreeDiskMib, leastStorage } from '../../../src/node/storage/min-free-disk.ts';

test('geth closes in time for one more flush, and never with less than half a GiB free', () => {
  expect([16, 512, 2048].map((cache) => leastFreeDiskMib(cache, null))).toEqual([512, 512, 2048]);
});

test('a large volume keeps a reserve to prune with, a small one does not lose its room to it', () => {
  expect([2, 63, 64, 1200].map((size) => leastFreeDiskMib(128, size * GIB))).toEqual([512, 512, 2048, 2048]);
});

test('the least size holds what geth preallocates and still leaves it above the line where it closes', () => {
  for (const cache of [16, 128, 512, 4096]) {
    const left = leastStorage(cache) / MIB - cache * 0.28;
    expect(left).toBeGreaterThan(leastFreeDiskMib(cache, leastStorage(cache)));
  }
  expect(leastStorage(128)).toBeLessThan(GIB);
});
