import { describe, expect, test } from 'vitest';
import { GIB } from '../../../src/node/size.ts';
import { type StorageEvidence, storageFacts, storageNotes, storageText } from '../../../src/node/storage/storage-facts.ts';
import type { StorageMode } from '../../../src/node/storage/storage-modes.ts';

const NOTHING: StorageEvidence = { loop: undefined, quota: undefined, option: undefined, guarded: false };
const facts = (storageMode: StorageMode | null, seen: Partial<StorageEvidence>, storage: number | null = 2 * GIB) =>
  storageFacts({ storage, storageMode }, { ...NOTHING, ...seen });
const loop = { device: '/dev/loop3', size: 2 * GIB, mounted: true };

describe('what is said of a size', () => {
  test.each<[string, StorageMode | null, Partial<StorageEvidence>, number | null]>([
    ['sized filesystem', 'sized', { loop }, 2 * GIB],
    ['not enforced', 'sized', {}, null],
    ['not enforced', 'sized', { loop: { ...loop, mounted: false } }, null],
    ['xfs project quota', 'quota', { quota: { kind: 'xfs project quota', total: 2 * GIB } }, 2 * GIB],
    ['ext4 project quota', 'quota', { quota: { kind: 'ext4 project quota', total: undefined }, option: GIB }, GIB],
    ['not enforced', 'quota', { quota: { kind: 'ext4 project quota', total: undefined } }, null],
    ['not enforced', 'quota', { option: GIB }, null],
    ['not enforced', 'driver', {}, null],
    ['watchdog', 'watchdog', { guarded: true }, 2 * GIB],
    ['not enforced', 'watchdog', {}, null],
    ['not enforced', 'none', { loop }, null],
    ['not enforced', null, { loop }, null],
  ])('%s: %s with %j', (enforcement, mode, seen, held) => {
    expect(facts(mode, seen)).toMatchObject({ enforcement, held });
  });

  test('follows a filesystem that grew since the label was written', () => {
    expect(facts('sized', { loop: { ...loop, size: 3 * GIB } })).toMatchObject({ wanted: 3 * GIB, held: 3 * GIB });
  });

  test('warns where a size was asked and nothing keeps it, and only there', () => {
    expect(storageNotes(facts('watchdog', {}))).toHaveLength(1);
    expect(storageNotes(facts('sized', { loop }))).toEqual([]);
    expect(storageNotes(facts(null, {}, null))).toEqual([]);
  });

  test('reads as a size and what keeps it', () => {
    expect(storageText(facts('sized', { loop }))).toBe('2 GiB (sized filesystem)');
    expect(storageText(facts('driver', {}))).toContain('not enforced');
    expect(storageText(facts(null, {}, null))).toBe('no limit');
  });
});
