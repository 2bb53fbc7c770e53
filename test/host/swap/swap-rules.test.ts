import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkSwapSize, diskReserve, proposeSwapSize } from '../../../src/host/swap/propose-swap-size.ts';
import { swapOnFailure } from '../../../src/host/swap/swap-failure.ts';
import { isOwnSwapHeader } from '../../../src/host/swap/swap-header.ts';
import { swapMethod } from '../../../src/host/swap/swap-method.ts';
import { parseSwapPath } from '../../../src/host/swap/swap-path.ts';
import { errorOf } from '../../error-code.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;
const disk = (type: string, options: readonly string[] = ['rw']) => ({
  ...{ type, options, mountPoint: '/', source: '/dev/vda', total: 100 * GIB, free: 50 * GIB, inodes: 1, inodesFree: 1 },
});

describe('the method', () => {
  test.each([
    ['ext4', 'reserve', false],
    ['xfs', 'reserve', false],
    ['btrfs', 'reserve', true],
    ['ext3', 'write', false],
  ])('on %s is %s', (type, how, noCopyOnWrite) => {
    expect(swapMethod('/s', disk(type), ['single'])).toEqual({ how, noCopyOnWrite });
  });

  test.each(['zfs', 'overlay', 'tmpfs', 'ramfs', 'nfs4', 'fuse.sshfs', '9p', 'f2fs', 'constructor', ''])('on %s is none', (type) => {
    const error = errorOf(() => swapMethod('/s', disk(type)));
    expect([error.code, error.hint.includes('zram')]).toEqual(['HOST_REFUSED', true]);
  });

  test('on a btrfs that keeps data twice is none', () => {
    expect(errorOf(() => swapMethod('/s', disk('btrfs'), ['single', 'raid1'])).code).toBe('HOST_REFUSED');
  });
});

describe('the size', () => {
  const facts = { memory: 2 * GIB, active: 0, claimed: 0, diskFree: 60 * GIB, diskTotal: 100 * GIB };

  test.each([
    ['as much as memory', {}, 2 * GIB],
    ['at most 4 GiB for memory alone', { memory: 64 * GIB }, 4 * GIB],
    ['what the nodes are promised', { claimed: 6 * GIB }, 6 * GIB],
    ['less what is active', { claimed: 6 * GIB, active: 2 * GIB }, 4 * GIB],
    ['nothing where enough is active', { active: 2 * GIB - 4096 }, undefined],
    ['at most a quarter of the free disk', { diskFree: 6 * GIB, diskTotal: 20 * GIB }, 1.5 * GIB],
    ['whole steps of 256 MiB', { memory: 987 * MIB }, GIB],
  ])('is %s', (_what, over, size) => {
    expect(proposeSwapSize({ ...facts, ...over })).toBe(size);
  });

  it('never eats the reserve, whatever the machine', () => {
    const bytes = fc.nat({ max: 2 ** 40 });
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, bytes, (memory, active, claimed, diskFree, more) => {
        const diskTotal = diskFree + more;
        let size: number | undefined;
        try {
          size = proposeSwapSize({ memory, active, claimed, diskFree, diskTotal });
        } catch {
          return;
        }
        if (size === undefined) return;
        expect(size).toBeGreaterThan(0);
        expect(diskFree - size).toBeGreaterThanOrEqual(diskReserve(diskTotal));
        expect(checkSwapSize(size, { diskFree, diskTotal })).toBe(size);
      }),
    );
  });

  it('is whole MiB, at least what was asked', () => {
    expect(checkSwapSize(1_500_000_000, facts)).toBe(1431 * MIB);
  });
});

describe('the header', () => {
  /** As mkswap writes it, with any UUID. */
  const header = (label: string, uuid: Uint8Array, page = 4096) => {
    const bytes = Buffer.alloc(page);
    bytes.writeUInt32LE(1, 1024);
    bytes.writeUInt32LE(0xfdb1ff, 1028);
    bytes.set(uuid, 1036);
    bytes.write(label, 1052, 'latin1');
    bytes.write('SWAPSPACE2', page - 10, 'latin1');
    return bytes.toString('utf8');
  };
  const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });

  it('of ours is known by its label, whatever its UUID and the page size', () => {
    fc.assert(fc.property(uuid, fc.constantFrom(4096, 16_384, 65_536), (id, page) => isOwnSwapHeader(header('nodectl', id, page))));
  });

  it('of others is not', () => {
    fc.assert(fc.property(uuid, fc.constantFrom('', 'nodectl2', 'swap'), (id, label) => !isOwnSwapHeader(header(label, id))));
    expect(isOwnSwapHeader(`${'\0'.repeat(1052)}nodectl\0`)).toBe(false);
  });
});

test.each([
  ['swapon: /s: swapon failed: Operation not permitted', 'denied'],
  ['swapon: /s: swapon failed: Invalid argument', 'unfit'],
  ['swapon: /s: skipping - it appears to have holes.', 'unfit'],
  ['swapon: /s: swapon failed: Device or resource busy', 'busy'],
  ['swapon: cannot open /s: No such file or directory', 'other'],
])('"%s" is %s', (stderr, failure) => {
  expect(swapOnFailure({ exitCode: 255, stdout: '', stderr })).toBe(failure);
});

test.each(['swapfile', '', '/', '/a/', '/a/../b', '/a\nb', './s'])('%j is no path of a swap file', (path) => {
  expect(errorOf(() => parseSwapPath(path)).code).toBe('USAGE');
});

test('needless slashes are dropped', () => {
  expect(parseSwapPath('//var/./swap file')).toBe('/var/swap file');
});
