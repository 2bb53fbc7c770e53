import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BudgetHost, type BudgetRequest, planBudget } from '../../src/node/budget.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import { DEV, MAINNET } from './make-node.ts';

const makeHost = (over: Partial<BudgetHost> = {}): BudgetHost => ({
  memory: 24 * GIB,
  cpus: 2,
  swapTotal: 8 * GIB,
  swapClaimed: 0,
  ...over,
});
const ask = (over: Partial<BudgetRequest> = {}): BudgetRequest => ({ memory: undefined, swap: undefined, cpus: undefined, ...over });
const problems = (request: BudgetRequest, profile = DEV, host = makeHost()) =>
  planBudget(request, profile, host).problems.map(({ field, forceable }) => `${field}${forceable ? ', forceable' : ''}`);

test('what was asked is the budget, exactly', () => {
  const { notes, problems: found, ...budget } = planBudget(ask({ memory: 3 * GIB, swap: 0, cpus: 1.5 }), DEV, makeHost());
  expect(budget).toEqual({ memory: 3 * GIB, swap: 0, cpus: 1.5 });
  expect([notes, found]).toEqual([[], []]);
});

describe('swap left out', () => {
  const swapOf = (host: Partial<BudgetHost>) => planBudget(ask({ memory: GIB }), DEV, makeHost(host)).swap;
  test.each([
    ['is as much as memory where the host has it free', {}, GIB],
    ['is as much as memory where it is just enough', { swapTotal: GIB }, GIB],
    ['is what there is', { swapTotal: 600 * MIB }, 600 * MIB],
    ['is what other nodes have not claimed', { swapTotal: 2 * GIB, swapClaimed: 2 * GIB - 100 * MIB }, 100 * MIB],
    ['is none when others claim more than there is', { swapTotal: GIB, swapClaimed: 5 * GIB }, 0],
    ['is none without swap', { swapTotal: 0 }, 0],
    ['is as much as memory where the host cannot be seen', { swapTotal: undefined }, GIB],
  ])('%s', (_what, host, swap) => {
    expect(swapOf(host)).toBe(swap);
  });

  test('is said when it is not as much as memory, and when the host cannot be seen', () => {
    const notes = (swapTotal: number | undefined) => planBudget(ask({ memory: GIB }), DEV, makeHost({ swapTotal })).notes.length;
    expect([notes(8 * GIB), notes(512 * MIB), notes(undefined)]).toEqual([0, 1, 1]);
  });
});

describe('an impossible budget', () => {
  test.each([
    ['mainnet in 2 GiB', ask({ memory: 2 * GIB }), MAINNET, makeHost(), ['memory, forceable']],
    ['more CPUs than the host has', ask({ cpus: 2.01 }), DEV, makeHost(), ['cpus']],
    ['a thousand CPUs', ask({ cpus: 1000 }), DEV, makeHost(), ['cpus']],
    ['memory above RAM and swap', ask({ memory: 33 * GIB }), DEV, makeHost(), ['memory, forceable']],
    ['no memory', ask({ memory: 0 }), DEV, makeHost(), ['memory']],
    ['less than the engine takes', ask({ memory: 6 * MIB - 1 }), DEV, makeHost(), ['memory']],
    ['everything at once', ask({ memory: 40 * GIB, cpus: 3 }), MAINNET, makeHost(), ['memory, forceable', 'cpus']],
    ['the default on a host that is too small', ask(), MAINNET, makeHost({ memory: 4 * GIB, swapTotal: GIB }), ['memory, forceable']],
  ])('%s', (_what, request, profile, host, found) => {
    expect(problems(request, profile, host)).toEqual(found);
  });

  test.each([
    ['all the CPUs', ask({ cpus: 2 })],
    ['memory that only RAM and swap together hold', ask({ memory: 32 * GIB })],
    ['the least for the network', ask({ memory: 256 * MIB })],
  ])('is not %s', (_what, request) => {
    expect(problems(request)).toEqual([]);
  });

  test('tells its arithmetic', () => {
    const [problem] = planBudget(ask({ memory: 33 * GIB }), DEV, makeHost()).problems;
    for (const number of ['33 GiB', '24 GiB', '8 GiB', '32 GiB']) expect(problem?.message).toContain(number);
  });
});

test('a budget that is only tight, or counts on swap, is said and not refused', () => {
  expect(planBudget(ask({ memory: 10 * GIB, swap: 0 }), MAINNET, makeHost())).toMatchObject({ problems: [], notes: [expect.any(String)] });
  expect(planBudget(ask({ memory: 30 * GIB, swap: 0 }), MAINNET, makeHost())).toMatchObject({ problems: [], notes: [expect.any(String)] });
  expect(planBudget(ask({ memory: GIB, swap: 9 * GIB }), DEV, makeHost())).toMatchObject({ problems: [], notes: [expect.any(String)] });
});

test('every budget without a problem is one that the engine and the host take', () => {
  const size = fc.option(
    fc.nat(64 * 1024).map((mib) => mib * MIB),
    { nil: undefined },
  );
  const host = fc.record({
    memory: fc.integer({ min: 512, max: 65_536 }).map((mib) => mib * MIB),
    cpus: fc.integer({ min: 1, max: 64 }),
    swapTotal: size,
    swapClaimed: fc.nat(2 ** 37),
  });
  const request = fc.record({
    memory: size,
    swap: size,
    cpus: fc.option(
      fc.integer({ min: 1, max: 8000 }).map((n) => n / 100),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(request, host, fc.constantFrom(DEV, MAINNET), (asked, on, profile) => {
      const { memory, swap, cpus, problems: found } = planBudget(asked, profile, on);
      expect(Number.isSafeInteger(memory + swap) && swap >= 0).toBe(true);
      if (asked.swap === undefined && on.swapTotal !== undefined) expect(swap).toBeLessThanOrEqual(Math.min(memory, on.swapTotal));
      if (found.length > 0) return;
      expect(memory).toBeGreaterThanOrEqual(6 * MIB);
      expect(memory).toBeLessThanOrEqual(on.memory + (on.swapTotal ?? 0));
      expect(cpus).toBeLessThanOrEqual(on.cpus);
    }),
  );
});
