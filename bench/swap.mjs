import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { medians, time } from './rounds.mjs';

const SIZE_MIB = 1500;

/** Why adding swap cannot be measured here; undefined when it can. */
export function noSwap() {
  if (process.getuid?.() !== 0) return 'not root';
  return existsSync('/proc/swaps') ? undefined : 'a kernel without swap';
}

/**
 * Medians in ms of adding 1.5 GB of swap with nodectl and by hand, until the kernel uses it. Both run in a mount namespace with a
 * copy of /etc, so that the machine's fstab stays as it is.
 */
export function addingSwap(nodectl, rounds) {
  const folder = mkdtempSync('/var/tmp/nodectl-bench-');
  const file = join(folder, 'swapfile');
  cpSync('/etc', join(folder, 'etc'), { recursive: true, verbatimSymlinks: true });
  const apart = (...words) => {
    const script = `mount --make-rprivate / && mount --bind ${folder}/etc /etc && exec "$@"`;
    return time('unshare', ['-m', 'sh', '-c', script, 'sh', ...words]);
  };
  const measured = (adding) => () => {
    const milliseconds = adding();
    if (!readFileSync('/proc/swaps', 'utf8').includes(file)) throw new Error(`${file} is no swap`);
    apart(process.execPath, nodectl, 'host', 'swap', 'remove', '--path', file, '--yes', '--json');
    return milliseconds;
  };
  const byHand = [
    `install -m 600 /dev/null ${file}`,
    `dd if=/dev/zero of=${file} bs=1M count=${SIZE_MIB}`,
    // With the label by which `remove` knows it.
    `mkswap -L nodectl ${file}`,
    `swapon ${file}`,
  ].join(' && ');
  const cases = {
    hand: measured(() => apart('sh', '-c', byHand)),
    nodectl: measured(() => apart(process.execPath, nodectl, 'host', 'swap', 'add', '--size', `${SIZE_MIB}M`, '--path', file, '--yes')),
  };
  return medians(cases, rounds, 1).finally(() => {
    if (readFileSync('/proc/swaps', 'utf8').includes(file)) time('swapoff', [file]);
    rmSync(folder, { recursive: true, force: true });
  });
}
