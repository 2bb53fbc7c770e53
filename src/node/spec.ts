import * as z from 'zod/mini';
import { ConsensusSpecSchema } from './consensus/consensus-spec.ts';
import { HISTORY_RANGES } from './history-ranges.ts';
import { ImageSchema } from './image-spec.ts';
import { LABEL_SPEC } from './labels.ts';
import { LightSpecSchema } from './light/light-spec.ts';
import { KnownNetworkSchema } from './profile.ts';
import { STATE_SCHEMES } from './state-schemes.ts';
import { STORAGE_MODES } from './storage/storage-modes.ts';
import { SYNC_MODES } from './sync-modes.ts';

/** An account of the chain, lower case. */
export const ADDRESS = /^0x[0-9a-f]{40}$/;

/**
 * What a node was asked to be, as its container's label keeps it: everything `up` compares on its next run, and nothing
 * secret. Sizes in bytes. Versioned so that a later nodectl can read an older label.
 */
export const NodeSpecSchema = z.strictObject({
  v: z.literal(1),
  /** The profile's name. */
  network: z.string(),
  chainId: z.number(),
  mode: z.enum(SYNC_MODES),
  /** Geth's version, X.Y.Z; '' where a light client runs in its place. */
  geth: z.string(),
  image: ImageSchema,
  /** Of all parts of the node together, as are swap and CPUs. */
  memory: z.number(),
  /** Swap beyond memory. */
  swap: z.number(),
  cpus: z.number(),
  /** The asked size of the chain volume; null when none was asked. */
  storage: z.nullable(z.number()),
  /** Host ports; p2p is null where the network has no peers. */
  ports: z.strictObject({ http: z.number(), ws: z.number(), p2p: z.nullable(z.number()) }),
  /** The user's own words for geth, after ours. */
  extra: z.array(z.string()),
  /** The whole network where it is no profile of nodectl's own; null where `network` names one. Labels before 0.2 lack what follows. */
  custom: z._default(z.nullable(KnownNetworkSchema), null),
  history: z._default(z.enum(HISTORY_RANGES), 'all'),
  /** The state scheme the chain was begun with; null where geth's own default holds. */
  scheme: z._default(z.nullable(z.enum(STATE_SCHEMES)), null),
  /** Null where the node makes no blocks. */
  mining: z._default(z.nullable(z.strictObject({ etherbase: z.string().check(z.regex(ADDRESS)) })), null),
  /** How many light clients it serves. */
  lightPeers: z._default(z.number(), 0),
  /** Who tells geth its head; null where nobody does, or where the chain needs nobody. Labels before 0.3 lack what follows. */
  consensus: z._default(z.nullable(ConsensusSpecSchema), null),
  /** The light client that runs in geth's place; null where geth runs. */
  light: z._default(z.nullable(LightSpecSchema), null),
  /** How `storage` is kept; null where no size was asked, and in labels before 0.4, which kept it by nothing. */
  storageMode: z._default(z.nullable(z.enum(STORAGE_MODES)), null),
});

export type NodeSpec = z.infer<typeof NodeSpecSchema>;

/** The label's text; keys in a fixed order, so that equal specs are equal texts. */
export function specLabel(spec: NodeSpec): string {
  return JSON.stringify(NodeSpecSchema.parse(spec));
}

/** The spec a container was created with; undefined when the label is missing, broken or of a version not known here. */
export function readSpec(labels: Readonly<Record<string, string>>): NodeSpec | undefined {
  const text = labels[LABEL_SPEC];
  if (text === undefined) return undefined;
  try {
    return NodeSpecSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
