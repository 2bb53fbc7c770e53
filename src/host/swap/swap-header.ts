/** The name our swap files carry in their header; mkswap's --label, at most 16 bytes. */
export const SWAP_LABEL = 'nodectl';

/** How much of a file must be read for its header: the largest page of Linux. */
export const HEADER_BYTES = 64 * 1024;

/**
 * Whether the beginning of a file is the header of a swap file of ours: the label at byte 1052, after 16 random bytes that do
 * not survive reading as text, and SWAPSPACE2 at the end of the first page (linux/swap.h).
 */
export function isOwnSwapHeader(beginning: string): boolean {
  return /^\0{1024}[\s\S]{8,28}nodectl\0/.test(beginning) && beginning.slice(0, HEADER_BYTES).includes('SWAPSPACE2');
}
