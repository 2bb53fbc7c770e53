import type { NodeSample } from '../sample.ts';

/** Something that happened, as a line of the view. */
export interface NewsLine {
  readonly time: number;
  readonly text: string;
}

/** Why nothing new is seen: the engine does not answer, for the reason in `message`, or the node has no container. */
export type Blind =
  | { readonly kind: 'engine-lost'; readonly since: number; readonly message: string }
  | { readonly kind: 'gone'; readonly since: number };

/** What the live view shows at one instant. */
export interface View {
  /** '' while nobody knows yet which it is. */
  readonly node: string;
  readonly now: number;
  /** What was seen lately, oldest first; empty before the first look. */
  readonly samples: readonly NodeSample[];
  /** Oldest first. */
  readonly news: readonly NewsLine[];
  readonly blind: Blind | undefined;
  /** How the view is left; shown where there is room. */
  readonly hint: string;
}

/** The time that the sparklines show. */
export const SPAN_MS = 5 * 60_000;
/** However often is sampled, no window holds more. */
const MOST_SAMPLES = 120;

/** The window with one more sample, which is always its newest: those of the last minutes, thinned. A clock that steps back begins it anew. */
export function addSample(samples: readonly NodeSample[], sample: NodeSample): readonly NodeSample[] {
  const newest = samples.at(-1);
  if (newest === undefined || sample.time < newest.time) return [sample];
  const kept = samples.filter(({ time }) => time >= sample.time - SPAN_MS);
  const before = kept.at(-2);
  // The newest of the kept ones stays only once it is far enough from the one before it.
  const close = before !== undefined && newest.time - before.time < SPAN_MS / (MOST_SAMPLES - 2);
  return [...(close ? kept.slice(0, -1) : kept), sample];
}
