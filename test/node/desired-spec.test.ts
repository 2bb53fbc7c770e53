import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BudgetHost } from '../../src/node/budget.ts';
import { type ChainRecord, chainRecord } from '../../src/node/chain-record.ts';
import { type Asked, desiredSpec } from '../../src/node/desired-spec.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import { type NodeSpec, NodeSpecSchema } from '../../src/node/spec.ts';
import { errorOf } from '../error-code.ts';
import { CLIQUE } from './geth-rules/networks.ts';
import { DEV, MAINNET, makeAsked, makeSpec, profileOf } from './make-node.ts';

const HOST: BudgetHost = { memory: 24 * GIB, cpus: 2, swapTotal: 8 * GIB, swapClaimed: 0 };
const PORTS = { http: 8545, ws: 8546, p2p: null };
/** A node that is there has a volume, of which nothing more is known than the node itself tells. */
const desire = (asked: Partial<Asked>, present?: NodeSpec, profile = DEV, host = HOST, begun = present && null) =>
  desiredSpec(makeAsked(asked), present, profile, host, PORTS, begun);

test('a new node gets the profile’s defaults', () => {
  expect(desire({}).spec).toEqual({
    v: 1,
    network: 'dev',
    chainId: 1337,
    mode: 'full',
    geth: '1.17.8',
    image: { ref: 'ethereum/client-go:v1.17.8', id: '', digest: null, origin: 'pulled' },
    memory: GIB,
    swap: GIB,
    cpus: 2,
    storage: null,
    storageMode: null,
    ports: PORTS,
    custom: null,
    history: 'all',
    scheme: 'hash',
    mining: null,
    lightPeers: 0,
    consensus: null,
    light: null,
    extra: [],
  });
});

test('a node that is there keeps all that is not asked, whatever the profile’s defaults are', () => {
  const present = makeSpec({
    mode: 'archive',
    geth: '1.16.9',
    image: { ref: 'mine:v1', id: 'sha256:1', digest: null, origin: 'given' },
    memory: 700 * MIB,
    swap: 0,
    cpus: 0.25,
    storage: 20 * GIB,
    extra: ['--dev.period', '2'],
  });
  expect(desire({}, present).spec).toEqual(present);
});

test('what is asked wins over what is there, each by itself', () => {
  const present = makeSpec({ storage: GIB, extra: ['--dev.period', '2'] });
  const asked = { memory: 2 * GIB, swap: 0, cpus: 1, storage: 5 * GIB, extra: ['--dev.period', '3'] };
  expect(desire({ ...asked, mode: 'archive' }, present).spec).toEqual({ ...present, ...asked, mode: 'archive' });
  for (const [key, value] of Object.entries(asked)) {
    expect(desire({ [key]: value }, present).spec).toEqual({ ...present, [key]: value });
  }
});

describe('the image', () => {
  const present = makeSpec({ image: { ref: 'mine:v1', id: 'sha256:1', digest: null, origin: 'given' } });
  test('stays while the version stays', () => {
    expect(desire({ geth: '1.17.8' }, present).spec.image).toEqual(present.image);
    expect(desire({ imageRef: 'mine:v1' }, present).spec.image).toEqual(present.image);
  });

  test('is still to be provided when another version or reference is asked', () => {
    expect(desire({ geth: '1.16.9' }, present).spec.image).toMatchObject({ id: '', origin: 'pulled' });
    expect(desire({ imageRef: 'mine:v2' }, present).spec.image).toMatchObject({ id: '', ref: 'mine:v2', origin: 'given' });
  });
});

describe('a version that loses the chain is UNSUPPORTED_VERSION', () => {
  test.each([
    ['mainnet', '1.16.5'],
    ['sepolia', '1.17.5'],
    ['hoodi', '1.16.3'],
    ['hoodi', '1.17.9'],
    ['dev', '1.12.0'],
  ])('on %s, %s', (network, geth) => {
    const error = errorOf(() => desire({ geth, memory: 16 * GIB, force: true }, undefined, profileOf(network)));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_VERSION', exit: 2 });
    expect(error.hint).toContain(profileOf(network).geth.pinned);
  });

  test('also when the node has it already', () => {
    expect(errorOf(() => desire({ memory: 16 * GIB }, makeSpec({ geth: '1.16.5' }), MAINNET)).code).toBe('UNSUPPORTED_VERSION');
  });
});

describe('an impossible budget is IMPOSSIBLE_BUDGET', () => {
  test('and --force lifts it where the kernel would accept it, with a note', () => {
    expect(errorOf(() => desire({ memory: 2 * GIB }, undefined, MAINNET))).toMatchObject({ code: 'IMPOSSIBLE_BUDGET', exit: 2 });
    const { spec, notes } = desire({ memory: 2 * GIB, force: true }, undefined, MAINNET);
    expect(spec.memory).toBe(2 * GIB);
    expect(notes.length).toBeGreaterThan(desire({ memory: 16 * GIB }, undefined, MAINNET).notes.length);
  });

  test.each([[{ cpus: 1000 }], [{ memory: 0 }], [{ memory: MIB }], [{ cpus: 3, memory: 2 * GIB }]])('%j, with --force too', (asked) => {
    expect(errorOf(() => desire({ ...asked, force: true }, undefined, MAINNET)).code).toBe('IMPOSSIBLE_BUDGET');
  });
});

test('refusals of other rules come through', () => {
  expect(errorOf(() => desire({ mode: 'light' })).code).toBe('UNSUPPORTED_MODE');
  expect(errorOf(() => desire({ extra: ['--datadir', '/x'] })).code).toBe('USAGE');
});

test('asking again for what was decided changes nothing, whatever was asked', () => {
  const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const asked = fc.record({
    mode: optional(fc.constantFrom('full' as const, 'archive' as const)),
    geth: optional(fc.constantFrom('1.17.8', '1.16.9', '1.12.1')),
    history: optional(fc.constant('all' as const)),
    mine: fc.boolean(),
    etherbase: fc.constant(undefined),
    lightPeers: optional(fc.constant(0)),
    imageRef: fc.constant(undefined),
    imageSource: fc.constantFrom('auto' as const, 'pull' as const, 'build' as const),
    memory: optional(fc.integer({ min: 6 * MIB, max: 32 * GIB })),
    swap: optional(fc.nat(2 ** 40)),
    cpus: optional(fc.integer({ min: 1, max: 200 }).map((n) => n / 100)),
    storage: optional(fc.nat(2 ** 40)),
    storageMode: fc.constant(undefined),
    extra: fc.constantFrom([], ['--dev.period', '2']),
    force: fc.constant(true),
    consensus: fc.constant(undefined),
    engine: fc.constant(undefined),
    beaconApis: fc.constant([]),
  });
  fc.assert(
    fc.property(asked, (request) => {
      const first = desiredSpec(request, undefined, DEV, HOST, PORTS, undefined).spec;
      expect(NodeSpecSchema.parse(first)).toEqual(first);
      expect(desiredSpec(request, first, DEV, HOST, PORTS, null).spec).toEqual(first);
      expect(desiredSpec(makeAsked({ force: true }), first, DEV, HOST, PORTS, null).spec).toEqual(first);
    }),
  );
});

describe('the chain in the volume', () => {
  const etherbase = `0x${'ab'.repeat(20)}`;
  const begun = (over: Partial<ChainRecord> = {}): ChainRecord => ({ ...chainRecord(makeSpec(), undefined), ...over });
  const onVolume = (asked: Partial<Asked>, record: ChainRecord | null, present?: NodeSpec, profile = DEV) =>
    desiredSpec(makeAsked({ memory: 16 * GIB, ...asked }), present, profile, HOST, PORTS, record).spec;

  test('keeps the scheme it was begun with, also when the container is gone or another mode is asked', () => {
    expect(onVolume({}, begun({ scheme: 'path' })).scheme).toBe('path');
    expect(onVolume({ mode: 'archive' }, begun({ scheme: 'path' })).scheme).toBe('path');
    expect(onVolume({}, begun({ scheme: 'hash' }), makeSpec({ scheme: 'hash' })).scheme).toBe('hash');
  });

  test('of which nothing is known has no scheme said: geth finds it', () => {
    expect(onVolume({}, null).scheme).toBeNull();
    expect(onVolume({}, null, makeSpec({ scheme: null })).scheme).toBeNull();
  });

  test('keeps its history, and another one is UNSUPPORTED_OPTION', () => {
    const record = begun({ history: 'postmerge', network: 'mainnet' });
    expect(onVolume({ mode: 'snap' }, record, undefined, MAINNET).history).toBe('postmerge');
    expect(onVolume({ mode: 'snap', history: 'postmerge' }, record, undefined, MAINNET).history).toBe('postmerge');
    const error = errorOf(() => onVolume({ mode: 'snap', history: 'all' }, record, undefined, MAINNET));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_OPTION', exit: 2 });
    expect(errorOf(() => onVolume({ history: 'postprague' }, begun(), makeSpec({ network: 'mainnet' }), MAINNET)).exit).toBe(2);
  });

  test('is new where there is no volume, and then gets what is asked', () => {
    const asked = { mode: 'snap' as const, history: 'postprague' as const, memory: 16 * GIB };
    expect(desire(asked, undefined, MAINNET).spec).toMatchObject({ history: 'postprague', scheme: 'path' });
  });

  test('goes on being mined and served, and to another account when one is asked', () => {
    const mined = desire({ mine: true, etherbase, geth: '1.12.0', lightPeers: 5 }, undefined, CLIQUE).spec;
    expect(mined).toMatchObject({ mining: { etherbase }, lightPeers: 5, custom: CLIQUE });
    expect(desire({}, mined, CLIQUE).spec).toEqual(mined);
    const other = `0x${'cd'.repeat(20)}`;
    expect(desire({ etherbase: other }, mined, CLIQUE).spec.mining).toEqual({ etherbase: other });
    expect(desire({ lightPeers: 0 }, mined, CLIQUE).spec.lightPeers).toBe(0);
  });

  test('of a light client gets the newest version that has light clients', () => {
    expect(desire({ mode: 'light' }, undefined, CLIQUE).spec).toMatchObject({ geth: '1.12.0', mode: 'light' });
    expect(errorOf(() => desire({ mode: 'light' }, makeSpec({ geth: '1.13.15', scheme: 'hash' }), CLIQUE)).hint).toContain('1.12.0');
  });
});
