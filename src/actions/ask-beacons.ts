import { NodectlError } from '../errors.ts';
import {
  type Agreement,
  agreeOnRoot,
  type Claimant,
  type Dissenter,
  type OlderRoot,
  olderEpochsToAsk,
} from '../node/endpoints/agree-on-root.ts';
import { beaconAddress } from '../node/endpoints/beacon-address.ts';
import { type BeaconGenesis, publicBeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import {
  BEACON_ANSWER_BYTES,
  BEACON_PATHS,
  type BeaconClaim,
  type BeaconPath,
  judgeBeacon,
  readBlockRoot,
} from '../node/endpoints/judge-beacon.ts';
import type { Provider } from '../node/endpoints/provider.ts';
import type { WebAnswer } from '../ports/web.ts';
import type { World } from '../ports.ts';

export type AskingWorld = Pick<World, 'web' | 'clock' | 'signal'>;

/** For one round of questions, which all go out at once; a server that needs longer would make a poor upstream. */
export const ROUND_MS = 8000;

/** How many slots in a row may have been missed before an epoch for its checkpoint still to be found. */
export const MISSED_SLOTS = 4;

export interface BeaconsAsked {
  readonly agreement: Agreement | undefined;
  /** Each provider that does not vouch for the agreed root, or each one when there is none. */
  readonly dissenters: readonly Dissenter[];
  /** How many passed by themselves, agreed or not. */
  readonly sound: number;
  /** This machine's clock less the server's, ms, of each that tells its own. */
  readonly skews: readonly number[];
}

/** Asks all providers at once what is final, then those ahead for the older roots, and agrees; `confirmers` only vouch. INTERRUPTED. */
export async function askBeacons(
  providers: readonly Provider[],
  confirmers: readonly Provider[],
  chain: { readonly chainId: number; readonly genesis?: BeaconGenesis | undefined },
  needed: 1 | 2,
  world: AskingWorld,
): Promise<BeaconsAsked> {
  const expected = chain.genesis ?? publicBeaconGenesis(chain.chainId);
  const skews: number[] = [];
  const judged = await Promise.all(
    [...providers, ...confirmers].map(async (provider) => {
      const answers = await askFinality(provider, skews, world);
      return { provider, said: judgeBeacon(answers, expected, world.clock.now()) };
    }),
  );
  const claimants: Claimant[] = judged.flatMap(({ provider, said }) => ('value' in said ? [{ provider, claim: said.value }] : []));
  const mute: Dissenter[] = judged.flatMap(({ provider, said }) => ('reason' in said ? [{ provider, reason: said.reason }] : []));
  const older = await Promise.all(
    olderEpochsToAsk(claimants).map(async ({ newer: { provider }, at }): Promise<OlderRoot> => {
      return { provider, at, root: await askOlderRoot(provider, at, skews, world) };
    }),
  );
  if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted while asking other servers.');
  const outcome = agreeOnRoot(claimants, older, needed, providers);
  return {
    agreement: 'claim' in outcome ? outcome : undefined,
    dissenters: [...mute, ...outcome.dissenters],
    sound: claimants.length,
    skews,
  };
}

/** All that `judgeBeacon` needs, asked at once. */
export async function askFinality(provider: Provider, skews: number[], world: AskingWorld): Promise<Record<BeaconPath, WebAnswer>> {
  const asked = Object.entries(BEACON_PATHS).map(async ([name, path]) => [name, await askBeacon(provider, path, skews, world)] as const);
  return Object.fromEntries(await Promise.all(asked)) as Record<BeaconPath, WebAnswer>;
}

/** One GET below a provider's address; the server's clock goes to `skews`. */
export async function askBeacon(
  provider: Provider,
  path: string,
  skews: number[],
  world: AskingWorld,
  deadline?: number,
): Promise<WebAnswer> {
  const web = await world.web();
  const options = { deadline: deadline ?? world.clock.now() + ROUND_MS, maxBytes: BEACON_ANSWER_BYTES, signal: world.signal };
  const answer = await web.ask(beaconAddress(provider.url, path), options);
  if ('serverTime' in answer && answer.serverTime !== undefined) skews.push(world.clock.now() - answer.serverTime);
  return answer;
}

/** The root of the last block at or before an epoch's first slot, as a provider tells it. */
async function askOlderRoot(provider: Provider, at: BeaconClaim, skews: number[], world: AskingWorld): Promise<string | undefined> {
  const deadline = world.clock.now() + ROUND_MS;
  for (let slot = at.slot; slot > at.slot - MISSED_SLOTS && slot >= 0; slot--) {
    const root = readBlockRoot(await askBeacon(provider, `/eth/v1/beacon/blocks/${slot}/root`, skews, world, deadline));
    if (root !== undefined) return root;
  }
  return undefined;
}
