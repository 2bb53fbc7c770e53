import type { HostFiles } from '../../ports/host-files.ts';
import { parseSwaps } from '../kernel/swaps.ts';
import { textOf } from '../place.ts';
import { DEFAULT_SWAP_PATH } from '../swap/swap-path.ts';

/** Where more swap can be added: a swap file in use is left as it is, and another stands beside it. */
export function freeSwapPath(files: HostFiles): string {
  const used = new Set(parseSwaps(textOf(files, '/proc/swaps') ?? '').map(({ path }) => path));
  let path = DEFAULT_SWAP_PATH;
  for (let number = 2; used.has(path); number++) path = `${DEFAULT_SWAP_PATH}${number}`;
  return path;
}
