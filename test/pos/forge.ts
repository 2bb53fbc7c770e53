/**
 * What a server of checkpoints serves to the client that begins there, though it tells the truth of what is final. forged-block: a block
 * of another root, with the body that the state asks for. forged-state: an honest block, and another state.
 */
export const FORGERIES = ['forged-block', 'forged-state'] as const;
export type Forgery = (typeof FORGERIES)[number];

/** In the SSZ of a signed block: its offset and signature (100), slot (8), proposer (8), parent root (32); then the state root. */
const STATE_ROOT_AT = 148;
/** In the SSZ of a state: genesis (40), slot (8), fork (16), latest block header (112); then the roots of the latest blocks. */
const BLOCK_ROOTS_AT = 176;

/** The SSZ with one bit changed; the same where the forgery has nothing to do with the path. */
export function forge(forgery: Forgery, path: string, ssz: Uint8Array): Uint8Array {
  const [serves, at] =
    forgery === 'forged-block' ? [/^\/eth\/v2\/beacon\/blocks\//, STATE_ROOT_AT] : [/^\/eth\/v2\/debug\/beacon\/states\//, BLOCK_ROOTS_AT];
  if (!serves.test(path) || ssz.length <= at) return ssz;
  const forged = Uint8Array.from(ssz);
  forged[at] = (forged[at] ?? 0) ^ 1;
  return forged;
}
