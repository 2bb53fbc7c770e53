import type { ObservedContainer } from '../../ports/containers.ts';

/** One act that remedies a verdict, with its cause in words and the verdict's id. Bytes. */
export type Measure = { readonly cause: string; readonly verdict: string } & (
  | { readonly kind: 'add-swap'; readonly size: number | undefined }
  /** On a container that may run: nothing is restarted. `memorySwap` is memory and swap together, -1 without limit. */
  | { readonly kind: 'limits'; readonly container: ObservedContainer; readonly memory: number; readonly memorySwap: number }
  /** Makes and starts the node anew where it must. */
  | {
      readonly kind: 'up';
      readonly node: string;
      readonly memory?: number | undefined;
      readonly swap?: number | undefined;
      readonly port?: 'auto' | undefined;
      /** What the same words were before; null where nothing is taken back by them. */
      readonly before: { readonly memory?: number; readonly swap?: number } | null;
    }
  | { readonly kind: 'start' | 'restart'; readonly node: string }
  | { readonly kind: 'start-container'; readonly container: ObservedContainer }
);

/** A verdict that may be mended, in one of several ways. */
export interface Mending {
  readonly verdict: string;
  /** What each remedy would have done, what helps most first; the first that can be done, and changes something, is enough. */
  readonly choices: readonly (readonly Measure[])[];
  /** Where limits were changed live: what is left to do later, a sentence. */
  readonly afterLive: string | null;
}

/** A verdict whose cause nodectl cannot take away, and what a person can do. */
export interface Refusal {
  readonly verdict: string;
  readonly message: string;
  readonly hint: string;
}

/** What `diagnose --fix` would do: of each container that is ill, how it may be mended, or why not. */
export interface FixPlan {
  readonly mendings: readonly Mending[];
  readonly refused: readonly Refusal[];
}

/** Whether two measures come to the same: a node is made or started once, and the machine gets swap once. */
export function sameAct(measure: Measure, other: Measure): boolean {
  if (measure.kind === 'add-swap') return other.kind === 'add-swap';
  if (measure.kind === 'start') return ['start', 'restart', 'up'].includes(other.kind) && 'node' in other && other.node === measure.node;
  if (measure.kind === 'restart') return other.kind === 'restart' && other.node === measure.node;
  return measure.kind === 'up' && other.kind === 'up' && other.node === measure.node;
}
