import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDrift } from '../../src/node/drift.ts';
import { presentSpec } from '../../src/node/present.ts';
import type { PrivateChain } from '../../src/node/private-chain.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { wordsDifference } from '../../src/node/words-difference.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import { makeContainer, makeDesired, makePrivate, OFFICE } from './make-node.ts';

/** The drift of a default node's container from what a changed spec wants. */
function driftTo(over: Partial<NodeSpec>, container: Partial<ObservedContainer> = {}, swapAccounting = true) {
  const desired = makeDesired(over);
  return findDrift(desired.spec, desired.container, makeContainer(makeDesired().container, container), swapAccounting);
}

test('a container made from a spec does not differ from it, whatever the spec', () => {
  const spec = fc.record({
    memory: fc.integer({ min: 6 * MIB, max: 2 ** 45 }),
    swap: fc.nat(2 ** 45),
    cpus: fc.double({ min: 0.01, max: 512, noNaN: true }),
    storage: fc.option(fc.nat(2 ** 45)),
    extra: fc.array(fc.string()),
    geth: fc.constantFrom('1.12.1', '1.17.4', '1.17.8'),
  });
  fc.assert(
    fc.property(spec, (over) => {
      const desired = makeDesired(over);
      expect(findDrift(desired.spec, desired.container, makeContainer(desired.container), true)).toEqual([]);
    }),
  );
});

describe('a changed option is drift', () => {
  test.each([
    ['mode', { mode: 'archive' }, ['mode', 'geth arguments'], false],
    ['version', { geth: '1.16.9' }, ['geth', 'geth arguments', 'environment'], false],
    ['image', { image: { ref: 'mine:v1', id: 'sha256:12', digest: null, origin: 'given' } }, ['image'], false],
    ['memory', { memory: 2 * GIB, swap: GIB }, ['memory', 'geth arguments'], false],
    ['swap', { swap: 0 }, ['swap'], true],
    ['CPUs', { cpus: 1 }, ['cpus'], true],
    ['storage', { storage: 20 * GIB }, ['storage'], false],
    ['ports', { ports: { http: 9545, ws: 9546, p2p: null } }, ['ports'], false],
    ['words for geth', { extra: ['--dev.period', '2'] }, ['geth arguments'], false],
    ['history', { history: 'postmerge' }, ['history', 'geth arguments'], false],
    ['mining', { mining: { etherbase: `0x${'ab'.repeat(20)}` } }, ['mining'], false],
    ['light clients', { lightPeers: 5 }, ['light clients', 'geth arguments'], false],
  ] as const)('%s', (_what, over, fields, live) => {
    const drift = driftTo(over as Partial<NodeSpec>);
    expect(drift.map(({ field }) => field)).toEqual(fields);
    expect(drift.every((field) => field.live)).toBe(live);
  });

  test('even by a byte or a thousandth of a CPU, and then the two texts differ too', () => {
    for (const over of [{ memory: GIB + 4096 }, { swap: GIB - 4096 }, { cpus: 0.501 }, { storage: 1 }]) {
      const drift = driftTo(over);
      expect(drift.length, JSON.stringify(over)).toBeGreaterThan(0);
      for (const { from, to } of drift) expect(from).not.toBe(to);
    }
  });

  test('and so are the two ways of splitting the same words', () => {
    const desired = makeDesired({ extra: ['--a b'] });
    const other = makeDesired({ extra: ['--a', 'b'] });
    expect(findDrift(desired.spec, desired.container, makeContainer(other.container), true).map(({ field }) => field)).toEqual([
      'geth arguments',
    ]);
  });
});

describe('of the description of a private chain, what the label holds is compared', () => {
  const BEACON: NonNullable<PrivateChain['beacon']> = {
    ...{ config: 'c1'.repeat(32), genesisState: 'a5'.repeat(32), genesisTime: 1, validatorsRoot: `0x${'ab'.repeat(32)}` },
    ...{ bootnodes: [], staticPeers: [], slotSeconds: 3, epochSlots: 8, committeeEpochs: 1024, forks: [{ name: 'ELECTRA', epoch: 0 }] },
  };
  const described = (over: Partial<typeof BEACON>, staticPeers: string[] = []): Pick<NodeSpec, 'custom'> => {
    const chain = { genesis: 'd1'.repeat(32), seal: 'engine', period: null, bootnodes: [], staticPeers } as const;
    return { custom: { ...OFFICE, private: { ...chain, bootnodes: [], beacon: { ...BEACON, ...over } } } };
  };
  const driftOf = (from: Partial<NodeSpec>, to: Partial<NodeSpec>) =>
    findDrift(makePrivate(to).spec, makePrivate(from).container, makeContainer(makePrivate(from).container), true).map(
      ({ field }) => field,
    );
  const consensus = { kind: 'builtin' as const, beaconApis: [] };
  const light = {
    ...{ backend: 'lodestar-prover' as const, executionRpcs: [], beaconApis: [] },
    own: { execution: false, beacon: false },
  };

  test.each([
    ['the length of a slot', described({ slotSeconds: 6 }), ['network']],
    ['the length of an epoch', described({ epochSlots: 32 }), ['network']],
    ['how long a committee serves', described({ committeeEpochs: 256 }), ['network']],
    ['a fork', described({ forks: [{ name: 'ELECTRA', epoch: 9 }] }), ['network']],
    ['bootnodes of the beacon chain', described({ bootnodes: ['enr:-a'] }), ['network']],
    ['peers of the beacon chain', described({ staticPeers: ['/ip4/10.0.0.5'] }), ['network']],
    ['peers', described({}, [`enode://${'ab'.repeat(64)}@10.0.0.5:30303`]), ['network']],
    ['nothing', described({}), []],
    ['a configuration that another container reads', described({ config: 'c2'.repeat(32) }), []],
  ])('%s', (_what, to, fields) => {
    expect(driftOf(described({}), to)).toEqual(fields);
  });

  test.each([
    ['geth’s own consensus', { consensus }],
    ['a light client', { light }],
  ])('and the configuration itself where %s reads it', (_who, who) => {
    const [before, after] = [described({}), described({ config: 'c2'.repeat(32) })];
    expect(driftOf({ ...before, ...who }, { ...after, ...who })).toEqual(['network']);
    expect(driftOf({ ...before, ...who }, { ...before, ...who })).toEqual([]);
  });
});

describe('what somebody changed behind our back is drift', () => {
  const { limits } = makeDesired().container;
  test.each([
    ['less memory', { limits: { ...limits, memory: 512 * MIB, memorySwap: GIB + 512 * MIB } }, ['memory']],
    ['more CPUs', { limits: { ...limits, nanoCpus: 2e9 } }, ['cpus']],
    ['no pids limit', { limits: { ...limits, pids: 0 } }, ['pids']],
    ['another stop timeout', { stopTimeoutSeconds: 10 }, ['stop timeout']],
    ['a label that cannot be read', { labels: { 'nodectl.node': 'dev' } }, ['spec']],
  ])('%s', (_what, container, fields) => {
    expect(driftTo({}, container).map(({ field }) => field)).toEqual(fields);
  });
});

test('a swap limit that the engine discards is no drift', () => {
  const { limits } = makeDesired().container;
  const discarded = { limits: { ...limits, memorySwap: -1 } };
  expect(driftTo({}, discarded, false)).toEqual([]);
  expect(driftTo({ swap: 0 }, discarded, false)).toEqual([]);
});

test('variables that the image brings are not ours to compare', () => {
  expect(driftTo({}, { env: { PATH: '/bin', GOMEMLIMIT: '1GiB', HOME: '/' } })).toEqual([]);
});

test('the present spec has the limits that the engine holds now', () => {
  const limits = { memory: 512 * MIB, memorySwap: 512 * MIB, nanoCpus: 250_000_000, pids: 512 };
  const container = makeContainer(makeDesired().container, { limits });
  expect(presentSpec(container)).toMatchObject({ memory: 512 * MIB, swap: 0, cpus: 0.25, mode: 'full' });
  expect(presentSpec(undefined)).toBeUndefined();
  expect(presentSpec(makeContainer(makeDesired().container, { labels: {} }))).toBeUndefined();
});

describe('two command lines', () => {
  test('show only what one has and the other has not', () => {
    const from = ['--dev', '--cache', '128', '--port', '1'];
    expect(wordsDifference(from, ['--dev', '--cache', '256', '--port', '1'])).toEqual(['--cache 128', '--cache 256']);
    expect(wordsDifference(from, [...from, '--dev.period', '2'])).toEqual(['nothing more', '--dev.period 2']);
    expect(wordsDifference(from, from)[0]).toBe(wordsDifference(from, from)[1]);
  });

  test('are told apart whatever they are: order, number, spaces, quotes', () => {
    const word = fc.constantFrom('--a', '--b', '-c', 'x', 'x y', '', '"', '"x y"', 'nothing more', '--a x');
    const line = fc.array(word, { maxLength: 4 });
    fc.assert(
      fc.property(line, line, (from, to) => {
        const [left, right] = wordsDifference(from, to);
        expect(left === right).toBe(JSON.stringify(from) === JSON.stringify(to));
      }),
      { numRuns: 2000 },
    );
  });
});
