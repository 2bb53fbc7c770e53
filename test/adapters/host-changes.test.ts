import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { hostChanges } from '../../src/adapters/host-changes.ts';
import type { Progress } from '../../src/ports/progress.ts';
import { errorOf, errorOfPromise } from '../error-code.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { requires } from '../require.ts';

const changes = hostChanges();
const quiet = new AbortController().signal;
const MIB = 2 ** 20;
const reserve = { how: 'reserve', noCopyOnWrite: false } as const;
const write = { how: 'write', noCopyOnWrite: false } as const;

describe.each([reserve, write])('allocating by $how', (allocation) => {
  it('makes a file of that size without holes, for its owner alone', async () => {
    const path = join(temporaryFolder(), 'swap');
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    await changes.allocate(path, 9 * MIB, allocation, () => {}, quiet);
    const { mode, size, blocks } = statSync(path);
    expect([mode & 0o777, size, blocks * 512 >= size]).toEqual([0o600, 9 * MIB, true]);
    expect(readFileSync(path).every((byte) => byte === 0)).toBe(true);
  });

  it('leaves what exists as it is', async () => {
    const path = join(temporaryFolder(), 'swap');
    writeFileSync(path, 'mine');
    expect((await errorOfPromise(changes.allocate(path, MIB, allocation, () => {}, quiet))).code).toBe('HOST_REFUSED');
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('does not follow a link', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'target'), join(folder, 'swap'));
    expect((await errorOfPromise(changes.allocate(join(folder, 'swap'), MIB, allocation, () => {}, quiet))).code).toBe('HOST_REFUSED');
    expect(existsSync(join(folder, 'target'))).toBe(false);
  });
});

test('writing tells how far it is, and an interruption in the middle leaves nothing', async () => {
  const folder = temporaryFolder();
  const interruption = new AbortController();
  const seen: Progress[] = [];
  const onProgress = (progress: Progress) => {
    seen.push(progress);
    if (progress.done >= 8 * MIB) interruption.abort();
  };
  const error = await errorOfPromise(changes.allocate(join(folder, 'swap'), 64 * MIB, write, onProgress, interruption.signal));
  expect([error.code, readdirSync(folder)]).toEqual(['INTERRUPTED', []]);
  expect(seen.map(({ done, total }) => [done, total])).toEqual([
    [4 * MIB, 64 * MIB],
    [8 * MIB, 64 * MIB],
  ]);
});

describe.skipIf(!(await requires('root')))('on a small filesystem', () => {
  function mounted(options: string): string {
    const folder = join(temporaryFolder(), 'mount');
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'nodectl-test', folder]);
    onTestFinished(() => void execFileSync('umount', [folder]));
    return folder;
  }

  it.each([reserve, write])('that is too small, $how is DISK_FULL and leaves nothing', async (allocation) => {
    const folder = mounted('size=8m');
    expect((await errorOfPromise(changes.allocate(join(folder, 'swap'), 16 * MIB, allocation, () => {}, quiet))).code).toBe('DISK_FULL');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is full, a file keeps its old text', () => {
    const folder = mounted('size=64k');
    const path = join(folder, 'fstab');
    writeFileSync(path, 'old');
    expect(errorOf(() => changes.writeFile(path, 'x'.repeat(200_000), 0o644)).code).toBe('DISK_FULL');
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', ['fstab']]);
  });

  it('that is read-only, every change is refused', async () => {
    const folder = mounted('size=64k');
    const path = join(folder, 'fstab');
    writeFileSync(path, 'old');
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const codes = [
      errorOf(() => changes.writeFile(path, 'new', 0o644)).code,
      errorOf(() => changes.removeFile(path)).code,
      (await errorOfPromise(changes.allocate(join(folder, 'swap'), 4096, write, () => {}, quiet))).code,
    ];
    expect(codes).toEqual(['HOST_REFUSED', 'HOST_REFUSED', 'HOST_REFUSED']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });
});

describe('replacing a file', () => {
  it('keeps its mode, follows its link and clears away what a killed run left', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'real');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    symlinkSync('real', join(folder, 'link'));
    writeFileSync(join(folder, `.real.nodectl-${2 ** 22 + 1}`), 'half');
    changes.writeFile(join(folder, 'link'), 'new ü', 0o600);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new ü', 0o640]);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['link', 'real']);
  });

  it('makes a new one with the mode that was asked', () => {
    const path = join(temporaryFolder(), 'new');
    changes.writeFile(path, '', 0o644);
    expect(statSync(path).mode & 0o777).toBe(0o644 & ~process.umask());
  });
});

test('publishing never replaces what has that name', () => {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(from, 'ours');
  writeFileSync(to, 'theirs');
  expect(errorOf(() => changes.publish(from, to)).code).toBe('HOST_REFUSED');
  expect([readFileSync(from, 'utf8'), readFileSync(to, 'utf8')]).toEqual(['ours', 'theirs']);
  changes.removeFile(to);
  changes.publish(from, to);
  expect(readdirSync(folder)).toEqual(['to']);
});

test('a path is resolved through the links of its folder, not its own', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'real', 'swap'));
  expect(changes.resolve(join(folder, 'link', 'swap'))).toBe(changes.resolve(join(folder, 'real', 'swap')));
  expect(changes.resolve(join(folder, 'absent', 'swap'))).toBeUndefined();
});

test('the lock is held by one, and free when it is given back', async () => {
  // Another test run may be changing this machine.
  const taken = () =>
    vi.waitFor(
      async () => {
        const release = await changes.lock();
        if (release === undefined) throw new Error('held by another');
        return release;
      },
      { timeout: 15_000 },
    );
  const release = await taken();
  expect(await changes.lock()).toBeUndefined();
  release();
  (await taken())();
});

test('a program that is missing is refused, and one that fails is told', async () => {
  expect((await errorOfPromise(changes.run(['nodectl-no-such-program']))).code).toBe('HOST_REFUSED');
  expect(await changes.run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({ exitCode: 3, stdout: 'out', stderr: 'err' });
});
