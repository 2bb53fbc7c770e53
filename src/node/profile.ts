import * as z from 'zod/mini';
import { SYNC_MODES } from './spec.ts';

const Size = z.string().check(z.regex(/^\d+(\.\d+)?[MGT]$/, 'a size such as 512M, 8G or 1.2T'));
const Version = z.string().check(z.regex(/^\d+\.\d+\.\d+$/, 'a geth version X.Y.Z'));
const Cpus = z.number().check(z.gte(0.01));

/** What a network needs in one sync mode; figures carry their date and source as comments in the file. */
const ModeNeeds = z.strictObject({ disk: Size });

const Network = z.strictObject({
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

/** One file of profiles/: a network, or a preset of limits that any network can take. */
export const ProfileSchema = z.discriminatedUnion('kind', [Network, Preset]);

export type NetworkProfile = z.infer<typeof Network>;
export type Preset = z.infer<typeof Preset>;
