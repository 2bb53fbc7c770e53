import { describe, expect, test } from 'vitest';
import { ext4Free } from '../../src/actions/ext4-free.ts';
import type { HostChanges } from '../../src/ports/host-changes.ts';

/** Lines of `dumpe2fs -h` (1.47). */
function superblock(of: { readonly blocks: number; readonly reserved: number; readonly free: number; readonly size: number }): string {
  const { blocks, reserved, free, size } = of;
  return `Block count:              ${blocks}\nReserved block count:     ${reserved}\nFree blocks:              ${free}\nBlock size:               ${size}\n`;
}

const freeBy = (stdout: string, exitCode = 0) =>
  ext4Free('/dev/loop0', { run: async () => ({ exitCode, stdout, stderr: '' }) } as unknown as HostChanges);

describe('what is free on an ext4 that is not mounted', () => {
  test('is what statfs told of it while it was', async () => {
    expect(await freeBy(superblock({ blocks: 524_288, reserved: 0, free: 498_132, size: 4096 }))).toBe(494_036 * 4096);
    expect(await freeBy(superblock({ blocks: 204_800, reserved: 10_240, free: 186_285, size: 1024 }))).toBe(171_949 * 1024);
  });

  test('is nothing where only the kernel’s own blocks are left', async () => {
    expect(await freeBy(superblock({ blocks: 524_288, reserved: 0, free: 4000, size: 4096 }))).toBe(0);
  });

  test('is not told where there is no superblock', async () => {
    expect(await freeBy('Bad magic number', 1)).toBeUndefined();
    expect(await freeBy('Free blocks: 7\n')).toBeUndefined();
  });
});
