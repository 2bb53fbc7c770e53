import { NodectlError } from '../../errors.ts';
import { formatSize } from '../../node/size.ts';
import type { FileStatus } from '../../ports/host-files.ts';
import type { SwapArea } from '../kernel/swaps.ts';
import { shellWord } from '../shell-word.ts';
import { isOwnSwapHeader } from './swap-header.ts';

/** What lies at the path a swap file shall have. */
export interface SwapPlace {
  readonly path: string;
  readonly status: FileStatus | undefined;
  /** The beginning of the file as text; undefined when it could not be read. */
  readonly beginning: string | undefined;
  readonly active: SwapArea | undefined;
}

/**
 * `absent`: nothing is there. `active`: our swap file is in use. `ready`: it is whole and not in use. `spoiled`: it is ours and not
 * in use, but of another size or not fit.
 */
export type SwapPlaceState = 'absent' | 'active' | 'ready' | 'spoiled';

/** What to do with the path; `size` is what its file shall have, undefined for any. HOST_REFUSED for whatever is not a swap file of ours. */
export function judgeSwapPlace({ path, status, beginning, active }: SwapPlace, size: number | undefined): SwapPlaceState {
  if (status === undefined) return 'absent';
  const own = status.kind === 'file' && beginning !== undefined && isOwnSwapHeader(beginning);
  if (!own) {
    const what = active === undefined ? 'exists already and is no swap file of nodectl' : 'is swap already, but not made by nodectl';
    throw new NodectlError('HOST_REFUSED', `${path} ${what}. It is left as it is.`, { hint: 'Give another --path.' });
  }
  const fits = size === undefined || status.size === size;
  if (active !== undefined) {
    if (fits) return 'active';
    throw new NodectlError('HOST_REFUSED', `${path} is in use as swap with ${formatSize(status.size)}, not ${formatSize(size)}.`, {
      hint: `Add another file with --path, or first \`nodectl host swap remove --path ${shellWord(path)}\`.`,
    });
  }
  const fit = status.mode === 0o600 && status.uid === 0 && status.allocated >= status.size;
  return fits && fit ? 'ready' : 'spoiled';
}
