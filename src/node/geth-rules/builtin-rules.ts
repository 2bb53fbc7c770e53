import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';

/** Why geth's own light consensus cannot be used, and the first version that has no such reason; undefined where none is known. */
export interface BuiltinProblem {
  readonly reason: string;
  readonly since: string | undefined;
}

/** `--beacon.api` came with 1.14.0, `--beacon.checkpoint.file`, by which nodectl gives it a fresh checkpoint, with 1.15.8. */
const FIRST = '1.14.0';
const FIRST_WITH_CHECKPOINT_FILE = '1.15.8';

/** The first version that follows a network after its latest fork (beacon/params/networks.go of each tag). */
const SINCE_BY_NETWORK: Readonly<Record<string, { readonly since: string; readonly reason: string }>> = {
  mainnet: { since: '1.17.0', reason: 'does not know the Fulu fork that mainnet has had since 2025-12-03' },
  sepolia: { since: '1.17.9', reason: 'does not know the Gloas fork that Sepolia has had since 2026-10-06' },
  hoodi: { since: '1.17.8', reason: 'has a wrong genesis time for Hoodi, by 600 s' },
};

/** The first version that knows a fork of a private chain (knownForks in beacon/params/config.go of each tag; older ones warn of it). */
const SINCE_BY_FORK: Readonly<Record<string, string>> = { ELECTRA: '1.17.0', FULU: '1.17.0', GLOAS: '1.17.9' };
/** Forks that every version with a checkpoint file knows. */
const OLD_FORKS: readonly string[] = ['GENESIS', 'ALTAIR', 'BELLATRIX', 'CAPELLA', 'DENEB'];

/** How many slots a sync committee serves; light clients cannot be told otherwise (beacon/params/params.go). */
const COMMITTEE_SLOTS = 8192;
/** By this many slots geth counts epochs, whatever the network's are. */
const GETH_EPOCH_SLOTS = 32;

/** Why this version's light consensus does not follow this network; undefined where it does. For networks with a known beacon chain. */
export function whyNotBuiltin(version: string, network: NetworkProfile): BuiltinProblem | undefined {
  const older = (since: string) => compareVersions(version, since) < 0;
  if (older(FIRST)) return { reason: `geth ${version} has no consensus of its own.`, since: firstFor(network) };
  if (older(FIRST_WITH_CHECKPOINT_FILE)) {
    return { reason: `geth ${version} takes the checkpoint of its own consensus from no file.`, since: firstFor(network) };
  }
  const chain = network.private;
  if (chain === undefined) {
    const row = SINCE_BY_NETWORK[network.name];
    if (row === undefined) return { reason: `geth's own consensus does not know the network ${network.name}.`, since: undefined };
    return older(row.since) ? { reason: `geth ${version} ${row.reason}.`, since: row.since } : undefined;
  }
  return chain.beacon === null ? undefined : whyNotPrivate(version, network.name, chain.beacon);
}

type Beacon = NonNullable<NonNullable<NetworkProfile['private']>['beacon']>;

function whyNotPrivate(version: string, name: string, { forks, epochSlots, committeeEpochs }: Beacon): BuiltinProblem | undefined {
  const unknown = forks.find((fork) => {
    const since = SINCE_BY_FORK[fork.name];
    return since === undefined ? !OLD_FORKS.includes(fork.name) : compareVersions(version, since) < 0;
  });
  if (unknown !== undefined) {
    return {
      reason: `geth ${version} does not know the fork ${unknown.name} that ${name} schedules.`,
      since: SINCE_BY_FORK[unknown.name],
    };
  }
  if (epochSlots * committeeEpochs !== COMMITTEE_SLOTS) {
    const slots = epochSlots * committeeEpochs;
    return {
      reason: `The sync committees of ${name} serve ${slots} slots; every light client takes them for ${COMMITTEE_SLOTS}.`,
      since: undefined,
    };
  }
  const later = forks.find(({ epoch }) => epoch > 0);
  if (epochSlots !== GETH_EPOCH_SLOTS && later !== undefined) {
    const reason = `${name} has epochs of ${epochSlots} slots and a fork after its genesis (${later.name}), which geth, by epochs of ${GETH_EPOCH_SLOTS}, looks for elsewhere.`;
    return { reason, since: undefined };
  }
  return undefined;
}

function firstFor({ name, private: chain }: NetworkProfile): string {
  const needed =
    chain === undefined ? [SINCE_BY_NETWORK[name]?.since] : (chain.beacon?.forks ?? []).map((fork) => SINCE_BY_FORK[fork.name]);
  return needed.reduce<string>(
    (first, since) => (since !== undefined && compareVersions(since, first) > 0 ? since : first),
    FIRST_WITH_CHECKPOINT_FILE,
  );
}
