import { expect, test } from 'vitest';
import { ATTACH_BYTES, roomLeft } from '../../src/node/room-for-attach.ts';

const MIB = 2 ** 20;
const limits = (memory: number, memorySwap: number) => ({ memory: memory * MIB, memorySwap: memorySwap * MIB, nanoCpus: 0, pids: 0 });
const use = (memory: number, swap?: number) => ({ memory: memory * MIB, swap: swap === undefined ? undefined : swap * MIB });

test.each([
  ['without swap it is what is left of the limit', limits(512, 512), use(500, 0), undefined, 12],
  ['swap that it may have counts', limits(512, 1024), use(512, 100), undefined, 412],
  ['swap that the machine has not does not count', limits(512, 1024), use(512, 100), 5, 5],
  ['a use that nobody knows counts as none', limits(512, 1024), use(500), undefined, 524],
  ['more in use than allowed is no room', limits(512, 512), use(600, 10), undefined, 0],
])('%s', (_, held, used, swapFree, room) => {
  expect(roomLeft(held, used, swapFree === undefined ? undefined : swapFree * MIB)).toBe(room * MIB);
});

test('there is room without a limit, of memory or of swap', () => {
  expect(roomLeft({ ...limits(0, 0), memorySwap: 0 }, use(9_000, 0), undefined)).toBe(Number.POSITIVE_INFINITY);
  expect(roomLeft({ ...limits(512, 0), memorySwap: -1 }, use(512, 0), undefined)).toBe(Number.POSITIVE_INFINITY);
  expect(roomLeft({ ...limits(512, 0), memorySwap: -1 }, use(512, 0), 3)).toBeLessThan(ATTACH_BYTES);
});
