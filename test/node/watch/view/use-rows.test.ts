import { describe, expect, it } from 'vitest';
import { useRows } from '../../../../src/node/watch/view/use-rows.ts';
import { makeSample, makeStatus } from './make-sample.ts';

const GIB = 1024 ** 3;
const LIMITS = { memoryBytes: 2 * GIB, swapBytes: 2 * GIB, cpus: 1, pids: 512 };
const USE = { memoryBytes: GIB, swapBytes: GIB / 2, cpusAverage: 1, diskBytes: GIB, source: 'kernel' as const };

/** What stands first in the row of the way to the limit, of a node that holds 1 GiB of memory and 0.5 GiB of swap. */
function wayToLimit(hostSwapFreeBytes: number | null): string | undefined {
  const sample = makeSample({ status: makeStatus({ limits: LIMITS, use: USE }), heldBytes: GIB, hostSwapFreeBytes });
  return useRows([sample]).find(({ label }) => label === 'To limit')?.texts[0];
}

describe('the way to the limit', () => {
  it('is what memory and swap have left together where the host has that much swap', () => {
    expect(wayToLimit(8 * GIB)).toMatch(/^2.5 GiB/);
    expect(wayToLimit(null)).toMatch(/^2.5 GiB/);
  });

  it('ends where the host has no swap left, whatever the limit of swap', () => {
    expect(wayToLimit(0)).toMatch(/^1 GiB/);
    expect(wayToLimit(GIB / 4)).toMatch(/^1.25 GiB/);
  });
});
