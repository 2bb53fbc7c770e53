import { NodectlError } from '../../errors.ts';
import { printable } from '../../node/printable.ts';

export const DEFAULT_SWAP_PATH = '/swapfile';

/** The name a file has until it is a whole swap file; what is left of it is the next run's to remove. */
export function unfinishedPath(path: string): string {
  return `${path}.nodectl-new`;
}

/** A path for a swap file, without needless slashes. USAGE for one that is relative, climbs, or cannot be a file's. */
export function parseSwapPath(text: string): string {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  const plain = `/${parts.join('/')}`;
  const bad =
    !text.startsWith('/') ||
    text.endsWith('/') ||
    parts.length === 0 ||
    parts.includes('..') ||
    /\p{Cc}/u.test(text) ||
    plain.length > 1024;
  if (bad) {
    throw new NodectlError('USAGE', `--path ${JSON.stringify(printable(text, 80))} is not the whole path of a file.`, {
      hint: `Give one such as ${DEFAULT_SWAP_PATH}.`,
    });
  }
  return plain;
}
