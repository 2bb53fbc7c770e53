import type { AgreedOrigin } from './agreed-origin.ts';
import { type JudgedBeacon, shortRoot } from './judge-beacon.ts';

/** The block that a consensus client takes for final: the one it began at, or a later one that follows from it. */
export interface Origin {
  /** Lower case. */
  readonly root: string;
  readonly slot: number;
  /** Of the state after it, as the block itself says; undefined where it was not told. */
  readonly stateRoot?: string | undefined;
}

/** What a client says that it was served to begin from: the roots are its own computation. */
export interface Served {
  readonly block: Origin;
  readonly state: Origin;
}

/** What another provider says of that block. */
export interface Testimony {
  readonly claim: JudgedBeacon;
  /** Whether it has the block on its chain; undefined where it did not say. */
  readonly canonical: boolean | undefined;
  /** Its own block at the block's checkpoint; undefined where it told none. */
  readonly root: string | undefined;
}

/** Reasons are in words, without the address. */
export type OriginVerdict =
  | { readonly kind: 'confirmed' }
  /** `final`: time changes nothing in it. Else the newest part of an honest provider's chain may still be another. */
  | { readonly kind: 'contradicted'; readonly final: boolean; readonly reason: string }
  /** `settled`: to ask again is of no use. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly settled?: true };

/** The epoch whose checkpoint is a block of that slot: a checkpoint is its epoch's first block, or the last before it. */
export function checkpointEpoch(slot: number, slotsPerEpoch: number): number {
  return Math.ceil(slot / slotsPerEpoch);
}

/** What was agreed on before the start says it already where the client's block is of that very epoch; undefined where it is of another. */
export function judgeByAgreement({ root, slot }: Origin, agreed: AgreedOrigin): OriginVerdict | undefined {
  if (checkpointEpoch(slot, agreed.slot / agreed.epoch) !== agreed.epoch) return undefined;
  if (root !== agreed.root) {
    return {
      kind: 'contradicted',
      final: true,
      reason: `the root of epoch ${agreed.epoch} was ${shortRoot(agreed.root)} when it was asked`,
    };
  }
  return agreed.confirmed ? { kind: 'confirmed' } : undefined;
}

/**
 * Judges the state that a client was served, where that client does not do so itself: a block that others have says which state
 * follows it. Undefined where nothing speaks against it; a client that has gone on computed the states of later blocks itself.
 */
export function judgeServed(origin: Origin, { block, state }: Served): OriginVerdict | undefined {
  if (block.root !== origin.root || origin.stateRoot === undefined) return undefined;
  if (state.slot !== block.slot) {
    const reason = `the client was served a state of slot ${state.slot} with the block of slot ${block.slot}: they cannot be compared`;
    return { kind: 'unknown', reason, settled: true };
  }
  if (state.root === origin.stateRoot) return undefined;
  const reason = `that block leads to the state ${shortRoot(origin.stateRoot)}, and the client was served ${shortRoot(state.root)}`;
  return { kind: 'contradicted', final: true, reason };
}

/** Judges a client's block by what another provider says of it; `now` is an instant of this machine's clock. */
export function judgeOrigin({ root, slot }: Origin, { claim, canonical, root: own }: Testimony, now: number): OriginVerdict {
  const epoch = checkpointEpoch(slot, claim.slotsPerEpoch);
  if (canonical === true || own === root) return { kind: 'confirmed' };
  if (epoch === claim.epoch) return claim.root === root ? { kind: 'confirmed' } : contradicts(claim.root, epoch, true);
  // An epoch is final two epochs after its beginning; a clock may be wrong by one.
  if (now < claim.genesis + (epoch + 1) * claim.epochMs) {
    return { kind: 'contradicted', final: true, reason: `no block of slot ${slot} can be final yet` };
  }
  if (canonical === false && own !== undefined) return contradicts(own, epoch, epoch < claim.epoch);
  if (epoch > claim.epoch)
    return { kind: 'unknown', reason: `it is behind: epoch ${claim.epoch} is final for it, ${epoch} for the client` };
  return { kind: 'unknown', reason: `it does not tell what it has at epoch ${epoch}` };
}

function contradicts(root: string, epoch: number, final: boolean): OriginVerdict {
  return { kind: 'contradicted', final, reason: `its root of epoch ${epoch} is ${shortRoot(root)}` };
}
