import { type BeaconClaim, shortRoot } from './judge-beacon.ts';
import type { Provider } from './provider.ts';

export interface Claimant {
  readonly provider: Provider;
  readonly claim: BeaconClaim;
}

/** What a provider that is ahead of `at` says of that older epoch; the root is undefined when it told none. */
export interface OlderRoot {
  readonly provider: Provider;
  readonly at: BeaconClaim;
  readonly root: string | undefined;
}

export interface Agreement {
  readonly claim: BeaconClaim;
  /** In the order of the claimants. */
  readonly vouchers: readonly Claimant[];
  readonly confirmed: boolean;
  readonly dissenters: readonly Dissenter[];
}

export interface Dissenter {
  readonly provider: Provider;
  readonly reason: string;
}

/** Honest providers are one epoch apart while it turns, and more where one caches; who is further behind is stuck. */
const MAX_LAG = 4;

/** Pairs in which a newer claim can vouch for an older one, if its provider gives the same root for that epoch: whom to ask for which. */
export function olderEpochsToAsk(claimants: readonly Claimant[]): { readonly newer: Claimant; readonly at: BeaconClaim }[] {
  return distinct(claimants).flatMap((at) => claimants.filter(({ claim }) => isAhead(claim, at)).map((newer) => ({ newer, at })));
}

/**
 * A fresh finalized root for which `needed` different owners vouch: by finalizing it, or by being a little ahead and giving that root
 * for the epoch. It is one that a provider of `eligible` finalizes, the newest, or the one before where more vouch for it: epochs turn
 * while providers are asked. With `needed` 1 nobody may contradict. `dissenters` say why each other one was not taken.
 */
export function agreeOnRoot(
  claimants: readonly Claimant[],
  older: readonly OlderRoot[],
  needed: 1 | 2,
  eligible: readonly Provider[],
): Agreement | { readonly dissenters: readonly Dissenter[] } {
  const viable = distinct(claimants.filter(({ provider }) => eligible.includes(provider))).flatMap((at) => {
    const vouchers = claimants.filter((claimant) => stands(claimant, at, older) === 'vouches');
    const owners = new Set(vouchers.map(({ provider }) => provider.owner.toLowerCase())).size;
    const contradicted = claimants.some((claimant) => stands(claimant, at, older) === 'contradicts');
    return owners < needed || (needed === 1 && contradicted) ? [] : [{ at, vouchers, owners }];
  });
  const newest = viable[0]?.at.epoch ?? 0;
  const [best] = viable.filter(({ at }) => newest - at.epoch <= 1).sort((a, b) => b.vouchers.length - a.vouchers.length);
  if (best === undefined) return { dissenters: claimants.map(({ provider, claim }) => ({ provider, reason: alone(claim) })) };
  const others = claimants.filter((claimant) => !best.vouchers.includes(claimant));
  const dissenters = others.map((claimant) => ({ provider: claimant.provider, reason: against(claimant, best.at, older) }));
  return { claim: best.at, vouchers: best.vouchers, confirmed: best.owners > 1, dissenters };
}

function alone({ epoch, root }: BeaconClaim): string {
  return `no other owner confirms what it calls final: epoch ${epoch}, root ${shortRoot(root)}`;
}

/** Each claim once, the newest first; equal epochs keep the order of preference. */
function distinct(claimants: readonly Claimant[]): BeaconClaim[] {
  const claims = new Map(claimants.map(({ claim }) => [`${claim.chain} ${claim.epoch} ${claim.root}`, claim]));
  return [...claims.values()].sort((a, b) => b.epoch - a.epoch);
}

function isAhead(claim: BeaconClaim, at: BeaconClaim): boolean {
  return claim.chain === at.chain && claim.epoch > at.epoch && claim.epoch - at.epoch <= MAX_LAG;
}

function stands({ provider, claim }: Claimant, at: BeaconClaim, older: readonly OlderRoot[]): 'vouches' | 'contradicts' | 'neither' {
  if (claim.chain !== at.chain) return 'contradicts';
  if (claim.epoch === at.epoch) return claim.root === at.root ? 'vouches' : 'contradicts';
  if (!isAhead(claim, at)) return 'neither';
  const said = older.find((row) => row.provider === provider && row.at.epoch === at.epoch && row.at.chain === at.chain)?.root;
  if (said === undefined) return 'neither';
  return said === at.root ? 'vouches' : 'contradicts';
}

function against(claimant: Claimant, at: BeaconClaim, older: readonly OlderRoot[]): string {
  const { claim } = claimant;
  if (claim.chain !== at.chain) return 'it serves another chain than the providers that agree';
  if (stands(claimant, at, older) === 'contradicts') return `its root of epoch ${at.epoch} is not the one that the others agree on`;
  if (claim.epoch < at.epoch) return `it is stale: epoch ${claim.epoch} is final for it, ${at.epoch} for others`;
  return `nobody confirms its epoch ${claim.epoch}, and it does not tell the root of epoch ${at.epoch}`;
}
