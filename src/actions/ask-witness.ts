import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import { judgeBeacon, readBlockHeader, readBlockRoot } from '../node/endpoints/judge-beacon.ts';
import { checkpointEpoch, judgeOrigin, type Origin, type OriginVerdict } from '../node/endpoints/judge-origin.ts';
import type { Provider } from '../node/endpoints/provider.ts';
import type { WebAnswer } from '../ports/web.ts';
import { type AskingWorld, askBeacon, askFinality, MISSED_SLOTS } from './ask-beacons.ts';

/** Asks another provider whether the block that a client takes for final is on its chain. One that gives no usable answer is `unknown`. */
export async function askWitness(
  provider: Provider,
  origin: Origin,
  expected: BeaconGenesis | undefined,
  world: AskingWorld,
): Promise<OriginVerdict> {
  const ask = (path: string) => askBeacon(provider, path, [], world);
  const [answers, header] = await Promise.all([askFinality(provider, [], world), ask(`/eth/v1/beacon/headers/${origin.root}`)]);
  const said = judgeBeacon(answers, expected, world.clock.now());
  if ('reason' in said) return { kind: 'unknown', reason: said.reason };
  const claim = said.value;
  const canonical = isCanonical(header, origin);
  const sameEpoch = checkpointEpoch(origin.slot, claim.slotsPerEpoch) === claim.epoch;
  const root = canonical === true || sameEpoch ? undefined : await checkpointRoot(origin, claim.slotsPerEpoch, ask);
  return judgeOrigin(origin, { claim, canonical, root }, world.clock.now());
}

/** Not every checkpoint provider serves headers, and one that lacks the block says the same: HTTP 404. */
function isCanonical(answer: WebAnswer, { root }: Origin): boolean | undefined {
  const said = readBlockHeader(answer);
  if ('value' in said) return said.value.root === root && said.value.canonical;
  return said.status === 404 ? false : undefined;
}

/**
 * The block it has at the checkpoint that the client's block is of; undefined where it tells none. Only what it says that it lacks
 * (HTTP 404) is an empty slot: past any other failure nothing follows from an older block.
 */
async function checkpointRoot(
  { slot }: Origin,
  slotsPerEpoch: number,
  ask: (path: string) => Promise<WebAnswer>,
): Promise<string | undefined> {
  const at = (number: number) => ask(`/eth/v1/beacon/blocks/${number}/root`);
  const first = checkpointEpoch(slot, slotsPerEpoch) * slotsPerEpoch;
  let asked = first;
  for (; asked > first - MISSED_SLOTS && asked >= 0; asked--) {
    const answer = await at(asked);
    const root = readBlockRoot(answer);
    if (root !== undefined) return root;
    if (!('status' in answer) || answer.status !== 404) break;
  }
  return slot < asked ? readBlockRoot(await at(slot)) : undefined;
}
