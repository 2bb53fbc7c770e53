import type { PrivateChain } from '../private-chain.ts';

/** A genesis file that geth will take, and what follows from it. */
export interface Genesis {
  /** The file's own text: what `geth init` gets. */
  readonly text: string;
  /** SHA-256 of the genesis as canonical JSON, hex: equal for files that differ in white space, order and the writing of addresses alone. */
  readonly digest: string;
  readonly chainId: number;
  readonly seal: PrivateChain['seal'];
  /** Seconds between clique blocks, 0 = only when there are transactions; null for other chains. */
  readonly period: number | null;
  /** Keys of the forks it schedules, in their order. */
  readonly forks: readonly string[];
  /** The first geth version that understands all of it. */
  readonly minimumGeth: string;
  /** The last one that can run it; undefined where no last one is known. */
  readonly maximumGeth: string | undefined;
}
