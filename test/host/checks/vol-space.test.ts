import { describe, expect, test } from 'vitest';
import { volSpace } from '../../../src/host/checks/vol-space.ts';
import type { VolumeRoom } from '../../../src/host/storage/volume-room.ts';
import { newSizedPlace, sizedLabel, sizedOptions } from '../../../src/node/storage/sized-place.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { makeVolume, NOW } from '../../node/make-node.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

const GIB = 2 ** 30;
const DAY = 86_400_000;
const DISK = new FakeMachine().disk;
const PLACE = newSizedPlace('nodectl-dev', '/var/lib/docker');

/** A plain volume of 10 GiB on the engine's disk. */
function room(over: Partial<VolumeRoom> = {}): VolumeRoom {
  return {
    ...{ node: 'dev', name: 'nodectl-dev', sized: false, walls: undefined, disk: DISK, used: 10 * GIB, perDay: undefined },
    ...{ reserve: GIB / 2, owed: undefined },
    ...over,
  };
}
const walls = (free: number) => ({ sized: true, walls: { total: 20 * GIB, free: free * GIB } });
const other = { ...DISK, source: '/dev/vdb', mountPoint: '/mnt/big' };
const judge = (...rooms: readonly VolumeRoom[]) => volSpace.judge({ rooms, engineDisk: DISK.source }, NOBODY);

describe('the room of volumes', () => {
  test.each<[string, string, readonly VolumeRoom[]]>([
    ['there is none', 'ok', []],
    ['a plain one on the disk of the engine', 'ok', [room()]],
    ['one whose disk cannot be seen', 'ok', [room({ disk: undefined, used: undefined })]],
    ['walls that are far', 'ok', [room(walls(10))]],
    ['walls that are reached in years', 'ok', [room({ ...walls(10), perDay: GIB / 100 })]],
    ['walls that are reached within two weeks', 'warn', [room({ ...walls(10), perDay: GIB })]],
    ['walls that are reached tomorrow', 'fail', [room({ ...walls(10), perDay: 9 * GIB })]],
    ['walls so near that geth warns', 'warn', [room(walls(0.9))]],
    ['walls so near that geth ended itself', 'fail', [room(walls(0.5))]],
    ['the disk of the engine is nearly full, of which disk.free speaks', 'ok', [room({ disk: { ...DISK, free: 1 } })]],
    ['another disk is nearly full', 'fail', [room({ disk: { ...other, free: 1 } })]],
    ['another disk is full soon', 'warn', [room({ disk: other, perDay: 10 * GIB })]],
    [
      'two chains fill another disk together',
      'warn',
      [room({ disk: other, perDay: 3 * GIB }), room({ name: 'b', disk: other, perDay: 3 * GIB })],
    ],
    ['another disk is full of blocks that are reserved', 'ok', [room({ ...walls(10), disk: { ...other, free: 1 } })]],
    ['more is promised than the disk has', 'warn', [room({ owed: 40 * GIB }), room({ name: 'b', owed: 30 * GIB })]],
    ['less is promised than the disk has', 'ok', [room({ owed: 40 * GIB }), room({ name: 'b', owed: 10 * GIB })]],
    ['an old copy is kept', 'info', [room(), room({ name: 'nodectl-dev.old' })]],
  ])('%s', (_what, severity, rooms) => {
    const found = judge(...rooms);
    expect(found.severity).toBe(severity);
    expect(found.read).toHaveLength(rooms.length + new Set(rooms.flatMap(({ disk }) => disk?.source ?? [])).size);
  });

  test('every volume is named with its disk, also where all is well', () => {
    const { meaning } = judge(room(walls(10)), room({ name: 'far', disk: other }), room({ name: 'unseen', disk: undefined }));
    for (const word of ['nodectl-dev', 'far', 'unseen', DISK.mountPoint, other.mountPoint]) expect(meaning).toContain(word);
  });

  test('a filesystem in a file can be grown', () => {
    expect(judge(room(walls(0.5))).remedy?.commands).toContain('nodectl storage grow 30G dev');
    expect(judge(room({ ...walls(0.5), sized: false })).remedy?.commands.join()).not.toContain('grow');
  });
});

describe('looking at volumes', () => {
  const node = tenant('dev', {
    spec: { storage: 20 * GIB, storageMode: 'watchdog' },
    container: { args: ['--datadir.minfreedisk', '512'] },
  });
  const sizes = [
    { time: NOW - 2 * DAY, value: 4 * GIB },
    { time: NOW, value: 8 * GIB },
  ];

  test('counts what a size that only a watchdog keeps may still take', async () => {
    const machine = new FakeMachine();
    machine.put('/fake/volumes/nodectl-dev/_data', '');
    machine.change({ free: 10 * GIB });
    const volumes = [{ node: 'dev', volume: { ...makeVolume('dev'), mountpoint: '/fake/volumes/nodectl-dev/_data' }, sizes }];
    const found = await volSpace.look(eyesOn(machine, { volumes }), { ...NOBODY, tenants: [node] });
    expect(found.severity).toBe('warn');
    expect(found.read.map(({ value }) => value).join()).toContain('2 GiB a day');
    expect(found.read.map(({ value }) => value).join()).toContain('12 GiB');
  });

  test('promises nothing twice where the blocks of a file are reserved, and tells of those that are not', async () => {
    const machine = new FakeMachine();
    machine.change({ free: GIB });
    const volume = { ...makeVolume('dev'), labels: sizedLabel(PLACE), options: { ...sizedOptions(PLACE) } };
    const look = () => volSpace.look(eyesOn(machine, { volumes: [{ node: 'dev', volume, sizes: [] }] }), { ...NOBODY, tenants: [node] });
    machine.files.set(PLACE.image, { text: '', mode: 0o600, size: 20 * GIB, uid: 0 });
    expect((await look()).severity).toBe('ok');
    machine.files.set(PLACE.image, { text: '', mode: 0o600, size: 20 * GIB, uid: 0, holes: true });
    expect((await look()).severity).toBe('warn');
  });

  test('shows a volume whose node has no container any more', async () => {
    const machine = new FakeMachine();
    const volumes = [{ node: 'gone', volume: makeVolume('gone'), sizes: [] }];
    const found = await volSpace.look(eyesOn(machine, { volumes }), NOBODY);
    expect([found.severity, found.read[0]?.source]).toEqual(['ok', 'nodectl-gone']);
  });
});
