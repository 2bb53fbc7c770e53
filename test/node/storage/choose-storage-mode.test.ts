import { describe, expect, test } from 'vitest';
import { GIB } from '../../../src/node/size.ts';
import { chooseStorageMode } from '../../../src/node/storage/choose-storage-mode.ts';
import { ASKED_STORAGE_MODES } from '../../../src/node/storage/storage-modes.ts';
import type { StorageSight } from '../../../src/node/storage/storage-sight.ts';

const ABLE: StorageSight = {
  ...{ local: true, root: true, quota: undefined, layer: 'refused', sizedObstacle: undefined },
  ...{ disk: { type: 'ext4', free: 60 * GIB }, driver: 'overlay2' },
};
const chosen = (asked: (typeof ASKED_STORAGE_MODES)[number], over: Partial<StorageSight> = {}, size = 20 * GIB) => {
  const choice = chooseStorageMode(asked, size, { ...ABLE, ...over });
  return 'mode' in choice ? choice.mode : 'refused';
};

describe('left to nodectl', () => {
  test.each<[string, string, Partial<StorageSight>]>([
    ['the quota of the disk where there is one', 'quota', { quota: 'xfs project quota' }],
    ['the quota also where this user is not root', 'quota', { quota: 'ext4 project quota', root: false }],
    ['a filesystem of its own on a plain disk', 'sized', {}],
    ['a watchdog without root', 'watchdog', { root: false }],
    ['a watchdog where loop devices are missing', 'watchdog', { sizedObstacle: 'there is no /dev/loop-control' }],
    ['a watchdog for an engine on another machine', 'watchdog', { local: false, disk: undefined }],
  ])('is %s', (_, mode, over) => expect(chosen('auto', over)).toBe(mode));

  test('is refused where the disk is smaller, since nobody could keep that promise', () => {
    expect(chosen('auto', {}, 61 * GIB)).toBe('refused');
    expect(chosen('auto', {}, 60 * GIB)).toBe('refused');
    expect(chosen('auto', { disk: { type: 'ext4', free: 61 * GIB } }, 60 * GIB)).toBe('sized');
  });
});

describe('asked by name', () => {
  test.each<[(typeof ASKED_STORAGE_MODES)[number], Partial<StorageSight>, string]>([
    ['quota', {}, 'refused'],
    // That engine refuses by itself what it cannot keep.
    ['quota', { local: false, disk: undefined }, 'quota'],
    ['sized', {}, 'sized'],
    ['sized', { quota: 'xfs project quota' }, 'sized'],
    ['sized', { local: false }, 'refused'],
    ['sized', { root: false }, 'refused'],
    ['driver', {}, 'refused'],
    ['driver', { layer: 'ignored' }, 'refused'],
    ['driver', { layer: 'kept', driver: 'btrfs' }, 'driver'],
    ['driver', { layer: 'kept', driver: 'zfs', local: false }, 'driver'],
    ['watchdog', { local: false }, 'watchdog'],
  ])('%s with %j is %s', (asked, over, mode) => expect(chosen(asked, over)).toBe(mode));

  test('a refusal names what is missing and the nearest that works', () => {
    const choice = chooseStorageMode('quota', GIB, ABLE);
    expect(choice).toMatchObject({ refusal: { message: expect.stringContaining('ext4'), hint: expect.stringContaining('sized') } });
    const remote = chooseStorageMode('sized', GIB, { ...ABLE, local: false, disk: undefined });
    expect(remote).toMatchObject({
      refusal: { message: expect.stringContaining('another machine'), hint: expect.stringContaining('watchdog') },
    });
  });
});

test('every choice says why', () => {
  for (const asked of ASKED_STORAGE_MODES) {
    const choice = chooseStorageMode(asked, GIB, { ...ABLE, layer: 'kept', quota: 'xfs project quota' });
    expect(choice).toMatchObject({ reason: expect.stringMatching(/\.$/) });
  }
});
