import { describe, expect, test } from 'vitest';
import { GIB, MIB } from '../../../src/node/size.ts';
import type { RoomSpec } from '../../../src/node/storage/more-room.ts';
import { judgeRoomToStart, type RoomSight } from '../../../src/node/storage/room-to-start.ts';

const SIGHT: RoomSight = { leastMib: 512, free: undefined, guarded: undefined };
const judge = (sight: Partial<RoomSight>, spec: Partial<RoomSpec> = {}) =>
  judgeRoomToStart('dev', { ...SIGHT, ...sight }, { storageMode: null, network: 'dev', custom: null, ...spec });

describe('a node that geth would end again at once', () => {
  test.each([
    ['is refused on a disk with less than geth needs', { free: 512 * MIB - 1 }, true],
    ['goes on with just so much', { free: 512 * MIB }, false],
    ['goes on where nothing is known', {}, false],
    ['is refused at a size that the watchdog keeps', { free: 9 * GIB, guarded: { limit: GIB, used: 513 * MIB } }, true],
    ['is refused above it', { guarded: { limit: GIB, used: 3 * GIB } }, true],
    ['goes on with just so much of it left', { free: 9 * GIB, guarded: { limit: GIB, used: 512 * MIB } }, false],
    ['is refused on a low disk within its size', { free: 1, guarded: { limit: GIB, used: 0 } }, true],
  ] as const)('%s', (_what, sight, refused) => {
    expect(judge(sight, { storageMode: 'guarded' in sight ? 'watchdog' : null }) !== undefined).toBe(refused);
  });

  test.each([
    ['sized', 'nodectl storage grow SIZE dev'],
    ['quota', 'nodectl storage migrate dev --to sized'],
    [null, 'docker system df'],
    // A larger --storage is of no use on a full disk.
    ['watchdog', 'docker system df'],
  ] as const)('is told what helps where its size is kept by %s', (storageMode, command) => {
    expect(judge({ free: 1 }, { storageMode })?.hint).toContain(command);
  });

  test('is told to take a larger size at the one that the watchdog keeps, and to prune only what others keep', () => {
    const full = { guarded: { limit: GIB, used: GIB } };
    expect(judge(full, { storageMode: 'watchdog' })?.hint).toContain('nodectl up --name dev --storage SIZE');
    expect(judge(full, { storageMode: 'watchdog' })?.hint).not.toContain('prune');
    expect(judge(full, { storageMode: 'watchdog', network: 'hoodi' })?.hint).toContain('nodectl prune dev');
  });
});
