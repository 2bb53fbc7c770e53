import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './program.mjs';

const MIB = 2 ** 20;

/** Bytes of a line of /proc/meminfo. */
export function bytesOf(name, meminfo) {
  return Number(new RegExp(`^${name}: *(\\d+) kB$`, 'm').exec(meminfo)?.[1] ?? 0) * 1024;
}

/**
 * Sees to so many bytes of free swap on a real disk; gives how to take them back. nodectl adds the file, in a mount namespace with
 * a copy of /etc, so that the machine's fstab stays as it is.
 */
export async function provideSwap(bytes, nodectlPath) {
  if (bytes === 0 || bytesOf('SwapFree', readFileSync('/proc/meminfo', 'utf8')) >= bytes) return async () => {};
  const folder = mkdtempSync('/var/tmp/nodectl-bench-oom-');
  const file = join(folder, 'swapfile');
  const swap = (...words) => {
    const script = `mount --make-rprivate / && mount --bind ${folder}/etc /etc && exec "$@"`;
    return program('unshare', [
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      nodectlPath,
      'host',
      'swap',
      ...words,
      '--path',
      file,
      '--yes',
      '--json',
    ]);
  };
  const remove = async () => {
    await swap('remove').catch(() => undefined);
    if (readFileSync('/proc/swaps', 'utf8').includes(`${file} `)) await program('swapoff', [file]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    cpSync('/etc', join(folder, 'etc'), { recursive: true, verbatimSymlinks: true });
    await swap('add', '--size', `${Math.ceil(bytes / MIB) + 128}M`);
  } catch (error) {
    await remove();
    throw new Error(`There is no swap for --swap and none could be added: ${error.message}`);
  }
  return remove;
}
