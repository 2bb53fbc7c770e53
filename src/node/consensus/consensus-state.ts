/** Where a node's consensus client stands, in the words of `status`. */
export type ConsensusState =
  | { readonly state: 'missing' | 'not-started' | 'stopped' | 'dead' | 'paused' | 'restarting' }
  | { readonly state: 'starting' }
  | { readonly state: 'not-answering'; readonly reason: string }
  /** Its head is that of the chain, a few missed slots aside. */
  | { readonly state: 'following' }
  /** On its way; `distance` in slots. */
  | { readonly state: 'syncing'; readonly distance: number }
  /** It has blocks that geth has not verified (yet). */
  | { readonly state: 'optimistic'; readonly distance: number }
  | { readonly state: 'execution-offline' }
  /** It has blocks for geth, which lacks those before them and has no peer to fetch them from. */
  | { readonly state: 'execution-alone' }
  /** geth does not take its key. */
  | { readonly state: 'not-authenticated' }
  | { readonly state: 'no-peers' }
  /** It takes itself for healthy while its head falls behind. */
  | { readonly state: 'frozen'; readonly distance: number };
