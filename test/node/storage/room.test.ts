import { describe, expect, test } from 'vitest';
import { chainParts, PART_FOLDERS } from '../../../src/node/storage/chain-parts.ts';
import { reserveOf } from '../../../src/node/storage/disk-reserve.ts';
import { fullness } from '../../../src/node/storage/fullness.ts';
import { logFiles } from '../../../src/node/storage/log-files.ts';
import { type RoomsQuestion, roomsOf } from '../../../src/node/storage/rooms-of.ts';
import type { StorageFacts } from '../../../src/node/storage/storage-facts.ts';
import { volumePart } from '../../../src/node/storage/storage-show.ts';
import { volumeFolder } from '../../../src/node/storage/volume-folder.ts';

const DAY = 86_400_000;
const GIB = 2 ** 30;
const growth = { bytesPerDay: GIB, overMs: DAY, looks: 2 };
const NOTHING: RoomsQuestion = {
  ...{ limit: null, walls: undefined, used: undefined, sized: false, reserve: 0, disk: undefined, growth: null, diskPace: undefined },
};
const watchdog: StorageFacts = { wanted: 20 * GIB, mode: 'watchdog', enforcement: 'watchdog', held: 20 * GIB, source: 'a guard' };
const full = (question: Partial<RoomsQuestion>) => fullness(roomsOf({ ...NOTHING, ...question }));

describe('what is full first', () => {
  test.each<[string, Partial<RoomsQuestion>, ReturnType<typeof fullness>]>([
    ['nothing is known where nothing is seen', {}, null],
    [
      'the walls of a sized volume, and never the disk where its blocks are reserved',
      { walls: { total: 20 * GIB, free: 10 * GIB }, sized: true, reserve: GIB, disk: { free: 1 }, growth },
      { by: 'limit', roomBytes: 9 * GIB, reserveBytes: GIB, bytesPerDay: GIB, inMs: 9 * DAY },
    ],
    [
      'the disk beneath a quota, where that has less',
      { walls: { total: 20 * GIB, free: 10 * GIB }, disk: { free: 5 * GIB }, growth },
      { by: 'disk', roomBytes: 5 * GIB, reserveBytes: 0, bytesPerDay: GIB, inMs: 5 * DAY },
    ],
    [
      'a disk that others fill faster',
      { disk: { free: 10 * GIB }, growth, diskPace: 5 * GIB },
      { by: 'disk', roomBytes: 10 * GIB, reserveBytes: 0, bytesPerDay: 5 * GIB, inMs: 2 * DAY },
    ],
    [
      'a disk that gained room while the chain grew',
      { disk: { free: 10 * GIB }, growth, diskPace: -5 * GIB },
      { by: 'disk', roomBytes: 10 * GIB, reserveBytes: 0, bytesPerDay: GIB, inMs: 10 * DAY },
    ],
    [
      'the limit of a watchdog that is at work',
      { limit: watchdog, used: 18 * GIB, disk: { free: 100 * GIB }, growth },
      { by: 'limit', roomBytes: 2 * GIB, reserveBytes: 0, bytesPerDay: GIB, inMs: 2 * DAY },
    ],
    [
      'no limit that nothing enforces',
      { limit: { ...watchdog, enforcement: 'not enforced', held: null }, used: 18 * GIB, disk: { free: 100 * GIB } },
      { by: 'disk', roomBytes: 100 * GIB, reserveBytes: 0, bytesPerDay: null, inMs: null },
    ],
    [
      'what is full already is full now, whatever the growth',
      { walls: { total: 20 * GIB, free: GIB / 4 }, sized: true, reserve: GIB / 2 },
      { by: 'limit', roomBytes: 0, reserveBytes: GIB / 2, bytesPerDay: null, inMs: 0 },
    ],
    [
      'a chain that does not grow is never full',
      { disk: { free: GIB }, growth: { ...growth, bytesPerDay: 0 } },
      { by: 'disk', roomBytes: GIB, reserveBytes: 0, bytesPerDay: 0, inMs: null },
    ],
  ])('%s', (_what, question, wanted) => expect(full(question)).toEqual(wanted));
});

test.each<[readonly string[], number]>([
  [['--datadir.minfreedisk', '512'], 512],
  [['--datadir.minfreedisk=2048', '--cache', '1'], 2048],
  [['--datadir.minfreedisk', '512', '-datadir.minfreedisk=1'], 1],
  [['--datadir.minfreedisk'], 0],
  [['--datadir.minfreedisk', '--cache'], 0],
  [[], 0],
])('the reserve of a geth with %j is %d MiB', (words, mib) => expect(reserveOf(words)).toBe(mib * 2 ** 20));

test('every folder of a chain is counted to one part, and what lies in none is other', () => {
  const sizes = Object.fromEntries(['', ...PART_FOLDERS].map((folder, index) => [folder, 2 ** index])) as Parameters<typeof chainParts>[0];
  const parts = chainParts(sizes);
  expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(2 ** (PART_FOLDERS.length + 1) - 1);
  expect(parts.other).toBe(1);
  expect(parts.chaindata & (sizes['geth/chaindata'] ?? 0)).toBeGreaterThan(0);
  expect(parts.state & (sizes['geth/triedb'] ?? 0)).toBeGreaterThan(0);
});

test.each([
  [{}, { folder: '/v/_data', mounted: false }],
  [{ size: '1G' }, { folder: '/v/_data', mounted: false }],
  [
    { type: 'none', o: 'bind', device: '/mnt/big' },
    { folder: '/mnt/big', mounted: false },
  ],
  [
    { type: 'ext4', o: 'noatime', device: '/dev/nodectl/x' },
    { folder: '/v/_data', mounted: true },
  ],
])('a volume made with %j has its files there', (options, wanted) => {
  expect(volumeFolder({ mountpoint: '/v/_data', options })).toEqual(wanted);
});

test('logs are files of the engine with the drivers that keep files', () => {
  const files = logFiles({ id: 'abc', log: { driver: 'json-file', options: {} } }, '/root');
  expect(files?.folder).toBe('/root/containers/abc');
  expect(['abc-json.log', 'abc-json.log.1', 'config.v2.json'].filter((name) => files?.isLog(name))).toEqual([
    'abc-json.log',
    'abc-json.log.1',
  ]);
  expect(logFiles({ id: 'abc', log: { driver: 'local', options: {} } }, '/root')?.folder).toBe('/root/containers/abc/local-logs');
  expect(logFiles({ id: 'abc', log: { driver: 'journald', options: {} } }, '/root')).toBeUndefined();
});

test.each([
  ['nodectl-dev', 'chain'],
  ['nodectl-dev.consensus', 'consensus'],
  ['nodectl-dev.secret', 'secrets'],
  ['nodectl-dev.old', 'kept'],
  ['nodectl-dev.new', 'other'],
])('the volume %s is %s to the node dev', (name, part) => expect(volumePart('dev', { name })).toBe(part));
