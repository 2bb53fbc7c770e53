import type { Head } from '../rpc-facts.ts';
import type { BeaconFacts } from './beacon-facts.ts';

/** What one round of questions tells of the geth that a consensus client drives. */
export interface ExecutionSight {
  /** Whether its container runs. */
  readonly runs: boolean;
  /** Time since the container's start. */
  readonly uptimeMs: number;
  /** Undefined where it does not tell. */
  readonly head: Head | undefined;
  readonly peers: number | undefined;
}

/** Peers are found, or a static one is dialled again, within this time. */
export const ALONE_GRACE = 2 * 60_000;

/**
 * Whether geth lacks blocks and has nobody to fetch them from: no peers, and a head that is more than `most` slots behind that of
 * its consensus client. With a head as new as the client's it needs no peers, since the client itself gives it each next block.
 * Measured with Prysm 7.0.0 and geth 1.17.8: such a pair stays so for ever, through a restart of Prysm too, and a peer ends it.
 */
export function isExecutionAlone({ head, peers, uptimeMs }: ExecutionSight, beacon: BeaconFacts, most: number, now: number): boolean {
  if (uptimeMs < ALONE_GRACE || peers !== 0 || head === undefined) return false;
  const { clock, syncing } = beacon;
  // A block's time is that of its slot; without the clock of the chain, a client that follows is at the present one.
  const reached = clock === undefined || syncing === undefined ? now : clock.genesis + syncing.headSlot * clock.slotMs;
  return reached - head.time > most * (clock?.slotMs ?? PUBLIC_SLOT_MS);
}

const PUBLIC_SLOT_MS = 12_000;
