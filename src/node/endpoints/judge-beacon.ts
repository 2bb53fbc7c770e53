import * as z from 'zod/mini';
import type { WebAnswer } from '../../ports/web.ts';
import { formatDuration } from '../duration.ts';
import type { BeaconGenesis } from './beacon-genesis.ts';
import { readJson, type Said } from './read-web-answer.ts';

/**
 * What every beacon API and checkpoint provider is asked; checkpointz, which runs most of the latter, serves these too, and takes no
 * other state than `head` and `finalized` here. The finalized state's own checkpoint would be two epochs older.
 */
export const BEACON_PATHS = {
  finality: '/eth/v1/beacon/states/head/finality_checkpoints',
  genesis: '/eth/v1/beacon/genesis',
  spec: '/eth/v1/config/spec',
  syncing: '/eth/v1/node/syncing',
} as const;
export type BeaconPath = keyof typeof BEACON_PATHS;

/** The largest honest answers are the configuration, some kilobytes, and a light-client bootstrap, 55 kB. */
export const BEACON_ANSWER_BYTES = 256 * 1024;

/**
 * The spec's MIN_VALIDATOR_WITHDRAWABILITY_DELAY: validators of a checkpoint that is younger can still be punished, however few they
 * are, so nobody can cheaply rewrite what followed it (weak subjectivity). 27 hours on a public network.
 */
export const OLDEST_EPOCHS = 256;

/** What one provider says is final, judged by itself. */
export interface BeaconClaim {
  readonly epoch: number;
  /** The epoch's first slot. */
  readonly slot: number;
  /** Lower case. */
  readonly root: string;
  /** Equal texts are the same chain with the same slots. */
  readonly chain: string;
  readonly slotsPerEpoch: number;
}

/** A claim, and the time of its chain. */
export interface JudgedBeacon extends BeaconClaim {
  /** Instant. */
  readonly genesis: number;
  /** Milliseconds. */
  readonly epochMs: number;
}

/** Numbers of the beacon API are decimal strings. */
const Count = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((text: string) => Number(text)),
);
const Root = z.pipe(
  z.string().check(z.regex(/^0x[0-9a-fA-F]{64}$/)),
  z.transform((text: string) => text.toLowerCase()),
);
const of = <T extends z.core.$ZodType>(data: T) => z.object({ data });

const SCHEMAS = {
  finality: of(z.object({ finalized: z.object({ epoch: Count, root: Root }) })),
  genesis: of(z.object({ genesis_time: Count, genesis_validators_root: Root })),
  // SLOT_DURATION_MS succeeds SECONDS_PER_SLOT; clients give either or both.
  spec: of(z.object({ SLOT_DURATION_MS: z.optional(Count), SECONDS_PER_SLOT: z.optional(Count), SLOTS_PER_EPOCH: Count })),
  syncing: of(z.object({ is_syncing: z.boolean() })),
};

/** `expected` is undefined where nobody knows the chain beforehand; `now` is an instant of this machine's clock. */
export function judgeBeacon(
  answers: Readonly<Record<BeaconPath, WebAnswer>>,
  expected: BeaconGenesis | undefined,
  now: number,
): Said<JudgedBeacon> {
  const genesis = read(answers.genesis, SCHEMAS.genesis);
  if ('reason' in genesis) return genesis;
  const time = genesis.value.data.genesis_time * 1000;
  const validatorsRoot = genesis.value.data.genesis_validators_root;
  if (expected !== undefined && (expected.validatorsRoot !== validatorsRoot || expected.time !== time)) {
    return { reason: `it serves another chain (genesis ${shortRoot(validatorsRoot)}, not ${shortRoot(expected.validatorsRoot)})` };
  }
  const spec = read(answers.spec, SCHEMAS.spec);
  if ('reason' in spec) return spec;
  const { SLOT_DURATION_MS, SECONDS_PER_SLOT, SLOTS_PER_EPOCH: slotsPerEpoch } = spec.value.data;
  const slotMs = SLOT_DURATION_MS ?? (SECONDS_PER_SLOT ?? 0) * 1000;
  if (slotMs === 0 || slotsPerEpoch === 0) return { reason: 'its configuration makes no sense' };
  // Not every checkpoint provider tells whether it is syncing; the age of what it calls final does.
  const syncing = read(answers.syncing, SCHEMAS.syncing);
  if ('value' in syncing && syncing.value.data.is_syncing) return { reason: 'it is still syncing' };
  const finality = read(answers.finality, SCHEMAS.finality);
  if ('reason' in finality) return finality;
  const { epoch, root } = finality.value.data.finalized;
  if (epoch === 0 || /^0x0+$/.test(root)) return { reason: 'it knows no finalized epoch yet' };
  const epochMs = slotMs * slotsPerEpoch;
  const age = now - (time + epoch * epochMs);
  if (age < 0) return { reason: `it calls epoch ${epoch} final, which begins in ${formatDuration(-age)} by this machine's clock` };
  if (age > OLDEST_EPOCHS * epochMs) return { reason: `what it calls final is stale: epoch ${epoch} began ${formatDuration(age)} ago` };
  const chain = `${validatorsRoot} ${time} ${slotMs} ${slotsPerEpoch}`;
  return { value: { epoch, slot: epoch * slotsPerEpoch, root, chain, slotsPerEpoch, genesis: time, epochMs } };
}

/** The answer to `/eth/v1/beacon/blocks/{slot}/root`; undefined when it tells none. */
export function readBlockRoot(answer: WebAnswer): string | undefined {
  const said = read(answer, of(z.object({ root: Root })));
  return 'value' in said ? said.value.data.root : undefined;
}

const Header = of(
  z.object({
    root: Root,
    canonical: z.boolean(),
    header: z.object({ message: z.object({ slot: Count, state_root: z.optional(Root) }) }),
  }),
);

/** One block of a chain, as a beacon API tells it. */
export interface BlockHeader {
  readonly root: string;
  readonly slot: number;
  readonly canonical: boolean;
  /** Of the state after it. */
  readonly stateRoot: string | undefined;
}

/** The answer to `/eth/v1/beacon/headers/{block}`. */
export function readBlockHeader(answer: WebAnswer): Said<BlockHeader> {
  const said = read(answer, Header);
  if ('reason' in said) return said;
  const { root, canonical, header } = said.value.data;
  return { value: { root, canonical, slot: header.message.slot, stateRoot: header.message.state_root } };
}

const Bootstrap = of(
  z.object({
    header: z.object({ beacon: z.object({ slot: Count }) }),
    current_sync_committee: z.object({ pubkeys: z.array(z.string().check(z.regex(/^0x[0-9a-fA-F]{96}$/))).check(z.minLength(1)) }),
    current_sync_committee_branch: z.array(z.string()).check(z.minLength(1)),
  }),
);

/**
 * Whether a light client can begin at `claim` with this answer to `/eth/v1/beacon/light_client/bootstrap/{root}`: undefined, or why not.
 * That it belongs to the root is proved by the light client itself.
 */
export function judgeBootstrap(answer: WebAnswer, claim: BeaconClaim): string | undefined {
  const said = read(answer, Bootstrap);
  if ('reason' in said)
    return said.status === 404 ? 'it has no light-client API, or no bootstrap of the finalized root (HTTP 404)' : said.reason;
  const { slot } = said.value.data.header.beacon;
  // The block of a checkpoint is its epoch's first, or the last before it where that slot was missed.
  return slot > claim.slot || slot <= claim.slot - claim.slotsPerEpoch ? 'its light-client bootstrap is of another block' : undefined;
}

/** Enough of a root to tell two apart. */
export function shortRoot(root: string): string {
  return `${root.slice(0, 10)}…`;
}

function read<T extends z.core.$ZodType>(answer: WebAnswer, schema: T): Said<z.core.output<T>> {
  const json = readJson(answer);
  if ('reason' in json) return json;
  const parsed = z.safeParse(schema, json.value);
  return parsed.success ? { value: parsed.data } : { reason: 'its answer is not what the beacon API asks for', status: 200 };
}
