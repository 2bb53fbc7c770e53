import { NodectlError } from '../../errors.ts';
import { printable } from '../../node/printable.ts';
import type { Ran } from '../../ports/volume-run.ts';
import { shellLine } from '../shell-word.ts';

/** Why swapon did not do it, by its words in the C locale: `unfit` is a file with holes or on a filesystem that cannot (EINVAL). */
export function swapOnFailure({ stderr }: Ran): 'denied' | 'unfit' | 'busy' | 'other' {
  if (/Operation not permitted|Permission denied/.test(stderr)) return 'denied';
  if (/Invalid argument|appears to have holes/.test(stderr)) return 'unfit';
  return /resource busy/.test(stderr) ? 'busy' : 'other';
}

const MEANINGS = {
  denied: {
    message: 'The kernel does not permit swapping here: this system is a container or has too few rights.',
    hint: 'Add the swap on the host itself, or ask whoever runs it; a container or a container-like VPS gets its swap from there.',
  },
  unfit: {
    message: 'The kernel does not take this file as swap: it has holes, or its filesystem cannot hold swap files.',
    hint: 'Give a --path on an ext4, xfs or btrfs disk, make a swap partition, or use compressed memory (zram).',
  },
  busy: { message: 'Something else uses this file.', hint: 'Look with `cat /proc/swaps` and `losetup -a`, or give another --path.' },
  other: { message: 'The kernel did not take this file as swap.', hint: 'See what the system said above.' },
} as const;

/** HOST_REFUSED for a failed swapon, with what it said; `cause` is what ran. */
export function swapOnError(path: string, ran: Ran): NodectlError {
  const { message, hint } = MEANINGS[swapOnFailure(ran)];
  return new NodectlError('HOST_REFUSED', message, { hint, facts: { file: path, swapon: printable(ran.stderr, 300) }, cause: ran });
}

/** HOST_REFUSED for a program that failed, with what it said. */
export function programError(words: readonly string[], ran: Ran): NodectlError {
  const said = printable(ran.stderr || ran.stdout, 300);
  return new NodectlError('HOST_REFUSED', `\`${shellLine(words)}\` failed with ${ran.exitCode}.`, { facts: { said }, cause: ran });
}
