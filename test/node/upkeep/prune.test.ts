import { describe, expect, test } from 'vitest';
import { NodectlError } from '../../../src/errors.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import type { NodeSpec } from '../../../src/node/spec.ts';
import { judgePrune } from '../../../src/node/upkeep/judge-prune.ts';
import { leastHeadToPrune } from '../../../src/node/upkeep/prune-points.ts';
import { freedBytes, pruneLabel, prunerLabels, readPrune, readPruner } from '../../../src/node/upkeep/prune-record.ts';
import { requireRoomToPrune, roomForTask } from '../../../src/node/upkeep/prune-room.ts';
import type { PruneTask } from '../../../src/node/upkeep/prune-task.ts';
import { pruneCommand } from '../../../src/node/upkeep/prune-words.ts';
import { chainSpec } from '../../fakes/private-nodes.ts';
import { DEV, MAINNET, makeSpec, profileOf } from '../make-node.ts';

const codeOf = (act: () => unknown) => {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return thrown instanceof NodectlError ? thrown.code : thrown;
  }
};

const public_ = (over: Partial<NodeSpec> = {}) => makeSpec({ network: 'mainnet', chainId: 1, mode: 'snap', scheme: 'path', ...over });
const judge = (
  task: PruneTask,
  over: Partial<NodeSpec>,
  network = MAINNET,
  head: number | undefined = undefined,
  range: 'postmerge' | 'postprague' = 'postmerge',
) => codeOf(() => judgePrune(task, range, { spec: public_(over), network, head }));
const lab = chainSpec();

describe('what a node can be pruned by', () => {
  test.each<[string, ...Parameters<typeof judge>, string | undefined]>([
    ['history of mainnet', 'history', {}, MAINNET, 30_000_000, 'postmerge', undefined],
    ['history where nobody knows the head', 'history', {}, MAINNET, undefined, 'postprague', undefined],
    ['history of a chain that is not there yet', 'history', {}, MAINNET, 15_600_000, 'postmerge', 'GETH_REFUSED'],
    ['history of a chain that begins to sync', 'history', {}, MAINNET, 0, 'postmerge', 'GETH_REFUSED'],
    [
      'history to a point that this geth does not know',
      'history',
      { geth: '1.16.9' },
      MAINNET,
      30_000_000,
      'postprague',
      'UNSUPPORTED_OPTION',
    ],
    ['history by a geth without it', 'history', { geth: '1.13.15' }, MAINNET, 30_000_000, 'postmerge', 'UNSUPPORTED_OPTION'],
    [
      'history of a network without such a point',
      'history',
      { network: 'hoodi', chainId: 560_048 },
      profileOf('hoodi'),
      9_000_000,
      'postmerge',
      'UNSUPPORTED_OPTION',
    ],
    ['history of hoodi', 'history', { network: 'hoodi', chainId: 560_048 }, profileOf('hoodi'), 9_000_000, 'postprague', undefined],
    ['history of an archive', 'history', { mode: 'archive' }, MAINNET, 30_000_000, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['history that is gone already', 'history', { history: 'postprague' }, MAINNET, 30_000_000, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['history of dev', 'history', { network: 'dev', chainId: 1337 }, DEV, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['history of a private chain', 'history', lab, lab.custom ?? MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['state by path', 'state', {}, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['state by the default of its geth, path', 'state', { scheme: null }, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['state by the default of an older geth, hash', 'state', { scheme: null, geth: '1.12.0' }, MAINNET, undefined, 'postmerge', undefined],
    ['state by hash', 'state', { scheme: 'hash' }, MAINNET, undefined, 'postmerge', undefined],
    ['state of an archive', 'state', { scheme: 'hash', mode: 'archive' }, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['state by a geth without it', 'state', { scheme: 'hash', geth: '1.9.25' }, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['state of a private chain', 'state', { ...lab, scheme: 'hash' }, lab.custom ?? MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    ['database by 1.17.8', 'database', {}, MAINNET, undefined, 'postmerge', undefined],
    ['database by 1.17.4', 'database', { geth: '1.17.4' }, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
    [
      'database that is leveldb',
      'database',
      { network: 'dev', chainId: 1337, scheme: 'hash' },
      DEV,
      undefined,
      'postmerge',
      'UNSUPPORTED_OPTION',
    ],
    ['anything of a light node', 'database', { mode: 'light' }, MAINNET, undefined, 'postmerge', 'UNSUPPORTED_OPTION'],
  ])('is judged for the %s', (_, task, over, network, head, range, expected) => {
    expect(judge(task, over, network, head, range)).toBe(expected);
  });

  test('needs a head 90,000 blocks past the point, as geth itself says it', () => {
    expect(leastHeadToPrune(1, 'postmerge')).toBe(15_627_393);
    expect(leastHeadToPrune(11_155_111, 'postprague')).toBe(7_926_331);
    expect(leastHeadToPrune(560_048, 'postosaka')).toBe(1_597_304);
    expect(leastHeadToPrune(1337, 'postmerge')).toBeUndefined();
  });
});

describe("geth's words", () => {
  const words = (task: PruneTask, over: Partial<NodeSpec> = {}) => pruneCommand(task, 'postprague', public_({ memory: 2 * GIB, ...over }));

  test('name the point only to a geth that takes one, and keep to the limits of the node', () => {
    expect(words('history').args).toEqual(
      '--datadir /data --cache 256 --memorylimit 1187 prune-history --history.chain postprague'.split(' '),
    );
    const older = words('history', { geth: '1.16.9' });
    expect(older.args).toEqual('--datadir /data --cache 256 prune-history'.split(' '));
    expect(older.env).toEqual({ GOMEMLIMIT: '1187MiB' });
    expect(words('database').args.slice(-2)).toEqual(['db', 'pebble-upgrade']);
  });

  test.each([
    [512 * MIB, '256'],
    [2 * GIB, '512'],
    [64 * GIB, '2048'],
  ])('give a node of %i bytes a filter of %s MiB', (memory, expected) => {
    expect(words('state', { memory }).args.slice(-4)).toEqual(['snapshot', 'prune-state', '--bloomfilter.size', expected]);
  });
});

test('room for the work is asked for, and what cannot be seen is not judged', () => {
  const spec = public_({ memory: 2 * GIB });
  const need = roomForTask('state', spec, 160 * GIB);
  expect(need).toBe(512 * MIB + 10 * GIB + 512 * MIB);
  const judged = (free: number | undefined, tasks: readonly PruneTask[] = ['history', 'state']) =>
    codeOf(() => requireRoomToPrune(tasks, spec, { free, used: 160 * GIB }));
  expect([judged(need), judged(need - 1), judged(undefined), judged(GIB, ['history'])]).toEqual([
    undefined,
    'DISK_FULL',
    undefined,
    undefined,
  ]);
});

describe('what is noted on the engine', () => {
  test('is read back as it was', () => {
    const record = { v: 1, tasks: ['history', 'state'], history: 'postmerge', starts: true } as const;
    expect(readPrune(pruneLabel(record))).toEqual(record);
    for (const text of ['', '{}', '{"v":1,"tasks":["rm"],"history":null,"starts":true}'])
      expect(readPrune({ 'nodectl.prune': text })).toBeUndefined();
    const before = { of: 'used', bytes: 5 } as const;
    expect(readPruner(prunerLabels('state', before))).toEqual({ task: 'state', before });
    expect(readPruner(prunerLabels('state', undefined))).toEqual({ task: 'state', before: undefined });
    expect(readPruner({})).toBeUndefined();
  });

  test('tells what became free by what was measured the same way, and by nothing else', () => {
    const used = (bytes: number) => ({ of: 'used', bytes }) as const;
    const free = (bytes: number) => ({ of: 'free', bytes }) as const;
    expect([freedBytes(used(9), used(4)), freedBytes(free(4), free(9)), freedBytes(used(4), used(9))]).toEqual([5, 5, -5]);
    expect([freedBytes(used(9), free(4)), freedBytes(undefined, used(4)), freedBytes(used(9), undefined)]).toEqual([null, null, null]);
  });
});
