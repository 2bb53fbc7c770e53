import { clockWarning } from '../node/endpoints/clock-skew.ts';
import { ownProviders } from '../node/endpoints/provider.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { AskingWorld } from './ask-beacons.ts';
import { askLightEndpoints, type LightEndpoints } from './ask-light-endpoints.ts';

/** Addresses that the person named, whole; an empty list leaves that role to the profile's candidates. */
export interface NamedEndpoints {
  readonly executionRpcs: readonly string[];
  readonly beaconApis: readonly string[];
}

export type LightAsker = (named: NamedEndpoints, profile: NetworkProfile, force: boolean) => Promise<LightEndpoints>;

/** One beacon API alone that a node was given earlier: then `--force` took it at its word, and it stays so. */
export function isLone({ beaconApis }: NamedEndpoints): boolean {
  return beaconApis.length === 1;
}

/** Asks the servers of a light client the first time, and gives the same answer however often it is wanted again. ENDPOINTS_REFUSED. */
export function lightAsker(world: AskingWorld): LightAsker {
  let asked: Promise<LightEndpoints> | undefined;
  return (named, profile, force) => {
    asked ??= ask(named, profile, force, world);
    return asked;
  };
}

function ask({ executionRpcs, beaconApis }: NamedEndpoints, profile: NetworkProfile, force: boolean, world: AskingWorld) {
  const own = { execution: executionRpcs.length > 0, beacon: beaconApis.length > 0 };
  const beacon = profile.private?.beacon ?? null;
  const { endpoints } = profile;
  return askLightEndpoints(
    {
      chainId: profile.chainId,
      genesis: beacon === null ? undefined : { time: beacon.genesisTime * 1000, validatorsRoot: beacon.validatorsRoot },
      executionRpcs: own.execution ? ownProviders(executionRpcs) : endpoints.executionRpcs,
      beaconApis: own.beacon ? ownProviders(beaconApis) : endpoints.beaconApis,
      checkpoints: endpoints.checkpoints,
      own,
      force,
    },
    world,
  );
}

const LOOPBACK = /^https?:\/\/(?:127\.|\[::1\])/;

/** Sentences on whom a light client asks: what they see, and how to name others. */
export function lightEndpointNotes(
  shown: { readonly executionRpcs: readonly string[]; readonly beaconApis: readonly string[] },
  own: { readonly execution: boolean; readonly beacon: boolean },
  { confirmed, rejected, clockSkewMs }: LightEndpoints,
): readonly string[] {
  const clock = clockWarning(clockSkewMs);
  const whose = (mine: boolean) => (mine ? 'which you named' : 'of other people');
  return [
    `Its requests go to ${shown.executionRpcs.join(', ')} (execution, ${whose(own.execution)}) and ${shown.beaconApis.join(', ')} (beacon, ${whose(own.beacon)}): they see what is asked and from where. Their answers are verified.`,
    ...(own.execution && own.beacon ? [] : ['Name servers of your own with --execution-rpc and --beacon-api; then no other is asked.']),
    ...[...shown.executionRpcs, ...shown.beaconApis]
      .filter((address) => LOOPBACK.test(address))
      .map((address) => `${address} is this machine to nodectl and the container itself to the light client, which will not reach it.`),
    ...(confirmed ? [] : [`The root it trusts is the word of ${shown.beaconApis[0]} alone.`]),
    ...rejected.map(({ shown: address, reason }) => `Not used: ${address}: ${reason}.`),
    ...(clock === undefined ? [] : [clock]),
  ];
}
