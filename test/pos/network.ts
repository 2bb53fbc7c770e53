import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validatorArguments } from './arguments.ts';
import { beaconApi, type Checkpoint } from './beacon-api.ts';
import { findBinaries } from './binaries.ts';
import { bridgeAddress } from './bridge-address.ts';
import { EPOCH_LENGTHS, type Fork, type Plan } from './consensus-config.ts';
import { makeCrew } from './crew.ts';
import { FUNDED } from './execution-genesis.ts';
import { makeFiles, type NetworkFiles } from './make-files.ts';
import { type Pair, startPair } from './pair.ts';
import type { Part } from './part.ts';
import { posProfile } from './pos-profile.ts';
import { tellProgress } from './tell-progress.ts';
import { until } from './until.ts';

/** What may be asked of a network; without a word it finalizes about 95 s after its genesis. */
export interface NetworkOptions {
  readonly slotSeconds?: number;
  readonly slotsPerEpoch?: number;
  readonly fork?: Fork;
  /** A second pair that follows the first: another beacon node to ask. */
  readonly secondBeacon?: boolean;
  /** Takes each milestone, one line. */
  readonly say?: (line: string) => void;
  /** Ends the start, and nothing is left of it. */
  readonly signal?: AbortSignal | undefined;
}

/** A private proof-of-stake network that makes blocks. */
export interface Network {
  /** Holds everything; `stop` removes it. */
  readonly folder: string;
  /** A profile of nodectl for this network. */
  readonly profile: string;
  readonly files: NetworkFiles;
  readonly plan: Plan;
  readonly first: Pair;
  /** Where `secondBeacon` was asked. */
  readonly second: Pair | undefined;
  readonly parts: readonly Part[];
  /** An account with 1000 ether, whose key is known to all. */
  readonly funded: string;
  /** Resolves, with the part's name and last words, when a part ends that nobody stopped. */
  readonly failed: Promise<Error>;
  /** The checkpoint that is finalized as soon as it is of `epoch` (1 unless told otherwise) or later; an Error when that is three epochs late. */
  finalized(epoch?: number): Promise<Checkpoint>;
  /** Ends every part, the validator first, and removes the folder. */
  stop(): Promise<void>;
}

const CHAIN_ID = 706_735;
/** More of them miss messages of the sync committee on two CPUs. */
const VALIDATORS = 16;
/** From the choice of the first slot's time to that time: about what making the files and starting the first pair take on two busy CPUs. */
const LEAD_SECONDS = 15;

/** Makes a new network and starts it; resolves when its first block is made and its profile is written. */
export async function startNetwork(options: NetworkOptions = {}): Promise<Network> {
  const { slotSeconds = 3, fork = 'electra', say = () => {} } = options;
  const { slotsPerEpoch = EPOCH_LENGTHS[fork][0] } = options;
  const programs = await findBinaries(say, options.signal);
  const genesisTime = Math.ceil(Date.now() / 1000) + LEAD_SECONDS;
  const plan = { chainId: CHAIN_ID, fork, slotSeconds, slotsPerEpoch, validators: VALIDATORS, genesisTime };
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-pos-'));
  const crew = makeCrew(folder, options.signal);
  const { signal } = crew;
  const stop = async () => {
    await crew.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const files = await makeFiles(folder, plan, programs, signal);
    say(`genesis: ${VALIDATORS} validators, ${slotsPerEpoch} slots of ${slotSeconds} s, ${fork}, in ${folder}`);
    const jwt = join(folder, 'jwt.hex');
    writeFileSync(jwt, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    const order = { folder, files, chainId: CHAIN_ID, host: bridgeAddress(), jwt, programs, signal, begin: crew.begin };
    const first = await startPair({ ...order, number: 1, follows: undefined });
    const validatorData = join(folder, 'validator');
    mkdirSync(validatorData, { mode: 0o700 });
    await crew.begin('validator', programs.validator, validatorArguments(files.config, VALIDATORS, first.grpc, validatorData));
    say(
      `first pair: ${first.executionRpc}, ${first.beaconApi}; first slot ${Math.max(0, genesisTime - Math.floor(Date.now() / 1000))} s ahead`,
    );
    const api = beaconApi(first.beaconApi);
    void tellProgress(api, plan, say, signal);
    await until('the first block', LEAD_SECONDS + 20 * slotSeconds, signal, async () => ((await api.head()).slot > 0 ? true : undefined));
    const second = options.secondBeacon ? await startPair({ ...order, number: 2, follows: first }) : undefined;
    if (second) say(`second pair: ${second.executionRpc}, ${second.beaconApi}`);
    const profile = join(folder, 'pos.yaml');
    writeFileSync(profile, posProfile(CHAIN_ID, files, second ? [first, second] : [first]));
    return {
      folder,
      profile,
      files,
      plan,
      first,
      second,
      parts: crew.parts,
      funded: FUNDED,
      failed: crew.failed,
      finalized: (epoch = 1) =>
        until(`finality of epoch ${epoch}`, secondsToFinality(plan, epoch), signal, async () => {
          const { finalized } = await api.checkpoints();
          return finalized.epoch >= epoch ? finalized : undefined;
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** From now on, with three epochs to spare: an epoch is final three epochs after its first slot at the latest. */
function secondsToFinality({ genesisTime, slotSeconds, slotsPerEpoch }: Plan, epoch: number): number {
  const due = genesisTime + (epoch + 6) * slotsPerEpoch * slotSeconds;
  return Math.max(due - Date.now() / 1000, slotSeconds);
}
