import * as z from 'zod/mini';
import { printable } from '../printable.ts';

/**
 * What `status` asks of a consensus client's REST API (the standard beacon API, github.com/ethereum/beacon-APIs), all at once.
 * `/eth/v1/node/health` is not among it: Prysm 7.0.0 answered 200 for 100 s after its geth had gone.
 */
export const BEACON_QUESTIONS = {
  syncing: '/eth/v1/node/syncing',
  version: '/eth/v1/node/version',
  peers: '/eth/v1/node/peer_count',
  finality: '/eth/v1/beacon/states/head/finality_checkpoints',
  spec: '/eth/v1/config/spec',
  genesis: '/eth/v1/beacon/genesis',
} as const;
export type BeaconQuestion = keyof typeof BEACON_QUESTIONS;

/** The largest honest answer is the chain's configuration, some kilobytes. */
export const BEACON_ANSWER_BYTES = 256 * 1024;

/** What a client told of itself; undefined = it did not, or not in a form that can be read. */
export interface BeaconFacts {
  readonly syncing: BeaconSync | undefined;
  readonly version: string | undefined;
  readonly peers: number | undefined;
  readonly finalizedEpoch: number | undefined;
  readonly clock: SlotClock | undefined;
}

export interface BeaconSync {
  readonly headSlot: number;
  /** Slots behind the present one, as the client counts. */
  readonly distance: number;
  readonly isSyncing: boolean;
  /** Undefined where the client does not tell (APIs before 2.3). */
  readonly isOptimistic: boolean | undefined;
  readonly elOffline: boolean | undefined;
}

/** Which slot it is when: the chain's own time. */
export interface SlotClock {
  /** Instant. */
  readonly genesis: number;
  /** Milliseconds of a slot. */
  readonly slotMs: number;
}

/** Numbers of the beacon API are decimal strings. */
const Count = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((text: string) => Number(text)),
);
const of = <T extends z.core.$ZodType>(data: T) => z.object({ data });

const Syncing = of(
  z.object({
    head_slot: Count,
    sync_distance: Count,
    is_syncing: z.boolean(),
    is_optimistic: z.optional(z.boolean()),
    el_offline: z.optional(z.boolean()),
  }),
);
const Version = of(z.object({ version: z.string() }));
const Peers = of(z.object({ connected: Count }));
const Finality = of(z.object({ finalized: z.object({ epoch: Count }) }));
const Spec = of(z.object({ SECONDS_PER_SLOT: z.optional(Count), SLOT_DURATION_MS: z.optional(Count) }));
const Genesis = of(z.object({ genesis_time: Count }));

/** Reads the answers' JSON, each by itself: one that is missing or odd costs only what it would have told. */
export function readBeaconFacts(answers: Readonly<Partial<Record<BeaconQuestion, unknown>>>): BeaconFacts {
  const sync = read(Syncing, answers.syncing)?.data;
  const version = read(Version, answers.version)?.data.version;
  const spec = read(Spec, answers.spec)?.data;
  const genesis = read(Genesis, answers.genesis)?.data.genesis_time;
  const slotMs = spec?.SLOT_DURATION_MS ?? (spec?.SECONDS_PER_SLOT === undefined ? undefined : spec.SECONDS_PER_SLOT * 1000);
  return {
    syncing: sync && {
      headSlot: sync.head_slot,
      distance: sync.sync_distance,
      isSyncing: sync.is_syncing,
      isOptimistic: sync.is_optimistic,
      elOffline: sync.el_offline,
    },
    version: version === undefined ? undefined : printable(version, 100),
    peers: read(Peers, answers.peers)?.data.connected,
    finalizedEpoch: read(Finality, answers.finality)?.data.finalized.epoch,
    clock: slotMs && genesis !== undefined ? { genesis: genesis * 1000, slotMs } : undefined,
  };
}

/**
 * How many slots the head is behind the present one: by the chain's clock where that is known, since a client's own count
 * can stand still with it; never less than it says itself.
 */
export function slotsBehind({ syncing, clock }: BeaconFacts, now: number): number | undefined {
  if (syncing === undefined) return undefined;
  if (clock === undefined) return syncing.distance;
  const present = Math.max(0, Math.floor((now - clock.genesis) / clock.slotMs));
  return Math.max(syncing.distance, present - syncing.headSlot, 0);
}

function read<T extends z.core.$ZodType>(schema: T, value: unknown): z.core.output<T> | undefined {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? parsed.data : undefined;
}
