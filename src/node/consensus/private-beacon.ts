import { NodectlError } from '../../errors.ts';
import type { NetworkFile } from '../../ports.ts';
import { genesisOfState } from '../endpoints/beacon-genesis.ts';
import type { PrivateChain } from '../private-chain.ts';
import type { PrivateProfile } from '../profile.ts';
import { readNetworkConfig } from './network-config.ts';

/** The two files that a private profile names under `beacon`. */
export interface BeaconFiles {
  readonly config: NetworkFile;
  readonly genesisState: NetworkFile;
}

/** Where the SSZ of a state has its slot, and the versions of its fork (the same in every fork). */
const SLOT_AT = 40;
const FORK_AT = 48;
const LEAST_STATE = 64;

/**
 * What is known of a private beacon chain, from its files. INVALID_PROFILE where one of them is not what it should be, or they
 * belong to different chains, by the fork version or by the chain id.
 */
export function privateBeacon(
  profile: NonNullable<PrivateProfile['beacon']>,
  files: BeaconFiles,
  chainId: number,
): NonNullable<PrivateChain['beacon']> {
  const { config, genesisState } = files;
  const { slotSeconds, epochSlots, committeeEpochs, forks, chainId: configured } = readNetworkConfig(config.path, config.bytes);
  if (configured !== undefined && configured !== chainId) {
    throw refusal(config.path, `is of the chain ${configured} (DEPOSIT_CHAIN_ID), and the genesis of geth of the chain ${chainId}.`);
  }
  const { time, validatorsRoot, version } = readGenesisState(genesisState);
  if (!forks.some((fork) => fork.version === version)) {
    throw refusal(genesisState.path, `begins with the fork version ${version}, which ${config.path} does not schedule.`);
  }
  return {
    config: config.digest,
    genesisState: genesisState.digest,
    bootnodes: profile.bootnodes,
    staticPeers: profile.staticPeers,
    genesisTime: time / 1000,
    validatorsRoot,
    ...{ slotSeconds, epochSlots, committeeEpochs },
    forks: forks.map(({ name, epoch }) => ({ name, epoch })),
  };
}

function readGenesisState({ path, bytes }: NetworkFile): {
  readonly time: number;
  readonly validatorsRoot: string;
  readonly version: string;
} {
  const genesis = genesisOfState(bytes);
  if (genesis === undefined || bytes.length < LEAST_STATE) throw refusal(path, `has ${bytes.length} bytes: it is no beacon state.`);
  if (bytes.subarray(SLOT_AT, FORK_AT).some((byte) => byte !== 0)) {
    throw refusal(path, 'is no genesis state: its slot is not 0.', 'Give the state at genesis in SSZ, not a later one and not JSON.');
  }
  const version = [...bytes.subarray(FORK_AT + 4, FORK_AT + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { ...genesis, version: `0x${version}` };
}

function refusal(path: string, problem: string, hint?: string): NodectlError {
  return new NodectlError('INVALID_PROFILE', `${path}: ${problem}`, { facts: { file: path }, ...(hint === undefined ? {} : { hint }) });
}
