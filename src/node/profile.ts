import * as z from 'zod/mini';
import { EndpointsSchema } from './endpoints/endpoint-book.ts';
import { hasKey } from './enode.ts';
import { HISTORY_RANGES } from './history-ranges.ts';
import { EnodeSchema, type PrivateChain, PrivateChainSchema } from './private-chain.ts';
import { SYNC_MODES } from './sync-modes.ts';

const Size = z.string().check(z.regex(/^\d+(\.\d+)?[MGT]$/, 'a size such as 512M, 8G or 1.2T'));
const Version = z.string().check(z.regex(/^\d+\.\d+\.\d+$/, 'a geth version X.Y.Z'));
const Cpus = z.number().check(z.gte(0.01));

/** What a network needs in one sync mode. */
const ModeNeeds = z.strictObject({
  disk: Size,
  /** When the figures were measured, YYYY-MM, and by whom. */
  asOf: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}$/, 'a month YYYY-MM'))),
  source: z.optional(z.string()),
  /** Less where older history is left out; a range left out has no known figure. */
  history: z.optional(z.partialRecord(z.enum(HISTORY_RANGES), Size)),
});

const network = {
  kind: z.literal('network'),
  /** The file's name without its ending. */
  name: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and -')),
  title: z.string(),
  chainId: z.int().check(z.gte(1)),
  /** geth's own words that choose the network. */
  flags: z.array(z.string()),
  geth: z.strictObject({
    /** The version that `up` uses unless told otherwise. */
    pinned: Version,
    /** Older ones silently stop following the chain. */
    minimum: Version,
    refused: z.array(z.strictObject({ version: Version, reason: z.string() })),
  }),
  /** `none` where geth makes its own blocks. */
  consensus: z.enum(['required', 'none']),
  /** False where there is nobody to talk to; then no P2P port is published. */
  peers: z.boolean(),
  syncmode: z.enum(SYNC_MODES),
  /** Sync modes this network can do at all, best first. */
  syncmodes: z.array(z.enum(SYNC_MODES)),
  /** Memory that a node of this network gets unless told otherwise. */
  memory: Size,
  needs: z.strictObject({
    /** Below `minimum` geth cannot do its work; below `comfortable` it is said. */
    memory: z.strictObject({ minimum: Size, comfortable: Size }),
    /** Chain data by sync mode; a mode left out has no known figure. */
    disk: z.partialRecord(z.enum(SYNC_MODES), ModeNeeds),
  }),
  /** Servers of other people that `up` may ask, each proved before it is used. */
  endpoints: EndpointsSchema,
};

const Network = z.strictObject(network);

/** A network as its nodes know it: a profile, or what follows from a private chain's genesis. Kept whole in a label for the latter. */
export const KnownNetworkSchema = z.strictObject({ ...network, private: z.optional(PrivateChainSchema) });

/** A mistyped digit makes another key, or more often none. */
const Peer = EnodeSchema.check(z.refine(hasKey, 'its 128 digits are no key: one of them is mistyped'));

/** A private chain: everything that its genesis does not say. */
const Private = z.strictObject({
  kind: z.literal('private'),
  name: network.name,
  title: z.optional(z.string()),
  /** The genesis file, relative to the profile. */
  genesis: z.string().check(z.minLength(1)),
  /** Checked against the genesis. */
  chainId: z.optional(network.chainId),
  bootnodes: z._default(z.array(Peer), []),
  staticPeers: z._default(z.array(Peer), []),
  /** True publishes the P2P port on the host; otherwise only nodes of this engine reach each other. */
  publishPeers: z._default(z.boolean(), false),
  /** The beacon chain that makes its blocks; left out where it has none, or where somebody else's client drives geth. */
  beacon: z.optional(
    z.strictObject({
      /** The consensus layer's own files, relative to the profile: its configuration (YAML) and its genesis state (SSZ). */
      config: z.string().check(z.minLength(1)),
      genesisState: z.string().check(z.minLength(1)),
      /** Records (enr:…) to discover peers from. */
      bootnodes: z._default(z.array(z.string()), []),
      /** Addresses to stay connected to: multiaddresses with a peer's id. */
      staticPeers: z._default(z.array(z.string()), []),
    }),
  ),
  endpoints: EndpointsSchema,
  /** The geth version that `up` uses unless told otherwise. */
  geth: z.optional(Version),
  memory: z.optional(Size),
});

const Preset = z.strictObject({
  kind: z.literal('preset'),
  name: z.string(),
  title: z.string(),
  memory: z.optional(Size),
  swap: z.optional(Size),
  cpus: z.optional(Cpus),
  storage: z.optional(Size),
});

/** One profile file: a network, a private chain, or a preset of limits that any network can take. */
export const ProfileSchema = z.discriminatedUnion('kind', [Network, Private, Preset]);

export type NetworkProfile = z.infer<typeof Network> & { readonly private?: PrivateChain | undefined };
export type PrivateProfile = z.infer<typeof Private>;
export type Preset = z.infer<typeof Preset>;
export type Profile = z.infer<typeof ProfileSchema>;

/** A profile as it is shown: its file's words, or for a genesis file the network that follows from it. */
export const ShownProfileSchema = z.discriminatedUnion('kind', [KnownNetworkSchema, Private, Preset]);
