import { clockWarning } from './clock-skew.ts';
import { shortRoot } from './judge-beacon.ts';
import type { RejectedProvider } from './provider.ts';
import { shownEndpoint } from './shown-endpoint.ts';

interface Taken {
  readonly root: string;
  readonly epoch: number;
  /** Whole; only what may be shown of them is told. */
  readonly agreed: readonly string[];
  readonly confirmed: boolean;
  readonly rejected: readonly RejectedProvider[];
  readonly clockSkewMs: number | undefined;
}

/** Who begins from it: a client beside geth, or geth by itself. */
type Beginner = 'The consensus client' | 'The light consensus of geth';

/** Sentences for a plan or a start on the checkpoint that somebody begins from: who vouches for it, who was left out, and why. */
export function checkpointNotes(who: Beginner, { root, epoch, agreed, confirmed, rejected, clockSkewMs }: Taken): readonly string[] {
  const [first = '', ...others] = agreed.map(shownEndpoint);
  const words = confirmed ? `on which ${[first, ...others].join(', ')} agree` : `which is the word of ${first} alone: nobody confirmed it`;
  const clock = clockWarning(clockSkewMs);
  return [
    `${who} begins at the finalized epoch ${epoch} (root ${shortRoot(root)}), ${words}.`,
    ...rejected.map(({ shown, reason }) => `Not used: ${shown}: ${reason}.`),
    ...(clock === undefined ? [] : [`The clock is wrong: ${clock}.`]),
  ];
}
