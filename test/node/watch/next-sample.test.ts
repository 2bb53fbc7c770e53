import { describe, expect, test } from 'vitest';
import { readRpcFacts } from '../../../src/node/rpc-facts.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import { type LookFound, nextSample } from '../../../src/node/watch/next-sample.ts';
import { NOTHING_REMEMBERED, type NodeMemory } from '../../../src/node/watch/node-memory.ts';
import type { NodeSample } from '../../../src/node/watch/sample.ts';
import { ETH_SYNCING } from '../../fixtures/eth-syncing.ts';
import { makeSpec, NOW } from '../make-node.ts';
import { makeContainer, makeStatus } from './make-sample.ts';

const hex = (number: number) => `0x${number.toString(16)}`;

/** What an answer to eth_syncing is read as. */
const facts = (syncing: unknown) => {
  const head = { number: '0x0', hash: `0x${'ab'.repeat(32)}`, timestamp: '0x1' };
  return readRpcFacts([syncing, head, null, '0x5', 'Geth', '0x1', null].map((result) => ({ result })));
};
const found = (over: Partial<LookFound> = {}): LookFound => ({
  ...{ time: NOW, status: makeStatus(), spec: makeSpec({ ports: { http: 1, ws: 2, p2p: 3 } }), said: facts(false), lines: [] },
  ...{ cpuNanoseconds: undefined, strain: undefined, hostSwapFree: undefined, diskFree: undefined, directions: null, ...over },
});

/** Looks once for each, `everyMs` apart. */
function looks(times: number, everyMs: number, of: (at: number) => Partial<LookFound>): { samples: NodeSample[]; memory: NodeMemory } {
  let memory = NOTHING_REMEMBERED;
  const samples: NodeSample[] = [];
  for (let at = 0; at < times; at++) {
    const next = nextSample(memory, found({ time: NOW + at * everyMs, ...of(at) }));
    memory = next.memory;
    samples.push(next.sample);
  }
  return { samples, memory };
}

const chain = (current: number, highest = 100_000) => ({
  status: makeStatus({ sync: { state: 'syncing' as const, phase: 'chain' as const, current, highest, pending: null } }),
  said: facts({ currentBlock: hex(current), highestBlock: hex(highest) }),
});

describe('CPU', () => {
  const cpuNanoseconds = (at: number) => at * 1.5e9;

  test('is what was used since the look before', () => {
    const { samples } = looks(3, 1_000, (at) => ({ cpuNanoseconds: cpuNanoseconds(at) }));
    expect(samples.map(({ cpus }) => cpus)).toEqual([null, 1.5, 1.5]);
  });

  test('begins anew with another run, and is never negative', () => {
    const restarted = makeStatus({ container: makeContainer({ startedAt: '2026-11-21T11:59:59.000Z' }) });
    const { samples } = looks(3, 1_000, (at) => ({
      cpuNanoseconds: at === 1 ? 5e9 : at * 1e9,
      ...(at === 2 ? { status: restarted } : {}),
    }));
    expect(samples.map(({ cpus }) => cpus)).toEqual([null, 5, null]);
    const backwards = looks(2, 1_000, (at) => ({ cpuNanoseconds: 5e9 - at * 1e9 }));
    expect(backwards.samples[1]?.cpus).toBeNull();
    expect(looks(2, 0, () => ({ cpuNanoseconds: 1 })).samples[1]?.cpus).toBeNull();
  });
});

describe('a sync', () => {
  test('has a rate and a time to go once it was watched for a while', () => {
    const { samples } = looks(31, 2_000, (at) => chain(10_000 + at * 200));
    expect(samples[0]?.trend).toMatchObject({ rate: null, eta: { none: expect.any(String) } });
    expect(samples.at(-1)?.trend).toMatchObject({ rate: 100, unit: 'blocks', eta: { ms: (90_000 - 6_000) * 10 } });
    expect(samples.at(-1)?.phases.map(({ progress }) => [progress.phase, progress.done])).toEqual([['chain', 16_000]]);
  });

  test('that does not get on is stalled and not healthy, which only a watcher can tell', () => {
    const { samples } = looks(130, 5_000, () => chain(10_000));
    expect(samples[100]?.status).toMatchObject({ healthy: true, sync: { state: 'syncing' } });
    expect(samples.at(-1)?.status).toMatchObject({ healthy: false, sync: { state: 'stalled', phase: 'chain' } });
    expect(samples.at(-1)?.phases).toHaveLength(1);
  });

  test('goes on with its window through a look that was not answered, and not through a restart', () => {
    const hole = { status: makeStatus({ sync: { state: 'not-answering', reason: 'timeout' } }), said: undefined };
    const { samples } = looks(31, 2_000, (at) => (at === 20 ? hole : chain(10_000 + at * 200)));
    expect(samples[20]).toMatchObject({ phases: [], trend: null });
    expect(samples.at(-1)?.trend?.rate).toBe(100);
    const restarted = looks(31, 2_000, (at) => {
      const { status, said } = chain(10_000 + at * 200);
      const container = makeContainer({ startedAt: at < 28 ? '2026-11-20T12:00:00.000Z' : '2026-11-21T12:00:50.000Z' });
      return { status: { ...status, container }, said };
    });
    expect(restarted.samples.at(-1)?.trend?.rate).toBeNull();
  });

  test.each(ETH_SYNCING)('of %s has the phase that its answer means', (_name, answer, phase) => {
    const said = facts(answer);
    const sync =
      phase === undefined
        ? ({ state: 'at-head', indexing: 1 } as const)
        : ({ state: 'syncing', phase, current: 1, highest: 2, pending: null } as const);
    const { samples } = looks(1, 1, () => ({ status: makeStatus({ sync }), said }));
    const phases = samples[0]?.phases.map(({ progress }) => progress.phase) ?? [];
    if (phase === undefined) expect(phases.filter((found) => found !== 'indexing')).toEqual([]);
    else expect([phases.includes(phase), samples[0]?.trend]).toEqual([true, expect.objectContaining({ rate: null })]);
  });

  test('of headers is known by what geth logs alone, and the share of its state is, too', () => {
    const line = (text: string) => ({ time: NOW - 1_000, text });
    const headers = makeStatus({ sync: { state: 'syncing', phase: 'headers', current: 100, highest: 400, pending: null } });
    const lines = [line('INFO [11-21|12:00:00.000] Syncing beacon headers   downloaded=100 left=300 eta=1m')];
    expect(looks(1, 1, () => ({ status: headers, lines })).samples[0]?.phases[0]?.progress).toMatchObject({
      phase: 'headers',
      fraction: 0.25,
    });
    const state = makeStatus({ sync: { state: 'syncing', phase: 'state', current: 90, highest: 100, pending: null } });
    const said = facts({ currentBlock: '0x5a', highestBlock: '0x64', syncedAccounts: '0x9' });
    const logged = [
      line('INFO [11-04|01:30:47.073] Syncing: state download in progress synced=5.00% state=15.94GiB accounts=13,765,962@2.76GiB'),
    ];
    const [sample] = looks(1, 1, () => ({ status: state, said, lines: logged })).samples;
    expect(sample?.phases.find(({ progress }) => progress.phase === 'state')?.progress.fraction).toBe(0.05);
    const old = [{ ...logged[0], time: NOW - 120_000 } as (typeof logged)[0]];
    const [later] = looks(1, 1, () => ({ status: state, said, lines: old })).samples;
    expect(later?.phases.find(({ progress }) => progress.phase === 'state')?.progress.fraction).toBeNull();
  });
});

describe('room for memory', () => {
  const strain = (held: number) => ({ held, pressure: undefined, swappedIn: 4_096, swappedOut: undefined });
  const room = (over: Partial<LookFound>) => looks(1, 1, () => over).memory.windows.room.at(-1)?.value;

  test('counts the swap that the node may use and the machine has', () => {
    expect(room({ strain: strain(7 * GIB), hostSwapFree: 20 * GIB })).toBe(3 * GIB);
    expect(room({ strain: strain(7 * GIB), hostSwapFree: 100 * MIB })).toBe(GIB + 100 * MIB);
    const used = makeStatus();
    const status = { ...used, use: { ...used.use, swapBytes: 1.5 * GIB } };
    expect(room({ status, strain: strain(7 * GIB), hostSwapFree: 20 * GIB })).toBe(1.5 * GIB);
    expect(room({ strain: strain(9 * GIB) })).toBe(0);
  });

  test('is not known without a limit, nor where the kernel is not seen', () => {
    const limits = { memoryBytes: null, swapBytes: null, cpus: null, pids: null };
    expect(room({ status: makeStatus({ limits }), strain: strain(GIB) })).toBeUndefined();
    expect(room({})).toBeUndefined();
  });

  test('and what was swapped are told as the kernel tells them', () => {
    const [sample] = looks(1, 1, () => ({ strain: strain(GIB), diskFree: 5 })).samples;
    expect(sample).toMatchObject({ heldBytes: GIB, swapIo: { inBytes: 4_096, outBytes: null }, pressure: null, diskFreeBytes: 5 });
    expect(looks(1, 1, () => ({})).samples[0]).toMatchObject({ heldBytes: null, swapIo: null, diskFreeBytes: null });
  });
});

test('what is remembered does not grow, whatever is watched', () => {
  const sizes: number[] = [];
  let memory = NOTHING_REMEMBERED;
  for (let at = 0; at < 20_000; at++) {
    const restart = Math.floor(at / 2_000);
    const { status, said } = chain(at % 9_973, 100_000 + at);
    const container = makeContainer({ startedAt: new Date(NOW + restart).toISOString() });
    const strain = { held: (at % 7) * MIB, pressure: undefined, swappedIn: at * 1_000, swappedOut: at };
    const look = found({
      time: NOW + at * 1_000,
      status: { ...status, container },
      said,
      strain,
      diskFree: GIB * (at % 90),
      cpuNanoseconds: at,
    });
    memory = nextSample(memory, look).memory;
    if (at % 1_000 === 999) sizes.push(JSON.stringify(memory).length);
  }
  expect(Math.max(...sizes)).toBeLessThan(1.2 * Math.max(...sizes.slice(0, 5)));
  expect(Math.max(...sizes)).toBeLessThan(40_000);
});
