import * as z from 'zod/mini';
import { ImageSchema } from '../image-spec.ts';

/** The consensus clients nodectl can run beside geth, by the names people use. */
export const CONSENSUS_CLIENTS = ['nimbus', 'lighthouse', 'lodestar', 'prysm', 'teku', 'grandine'] as const;
export type ConsensusClientName = (typeof CONSENSUS_CLIENTS)[number];

/** Everything `--consensus` takes: a client, geth's own light consensus, somebody else's client, or nobody. */
export const CONSENSUS_CHOICES = [...CONSENSUS_CLIENTS, 'builtin', 'external', 'none'] as const;
export type ConsensusChoice = (typeof CONSENSUS_CHOICES)[number];

/** A consensus client in a container of its own. Its limits are its share of the node's, which holds both parts. */
const Client = z.strictObject({
  kind: z.literal('client'),
  client: z.enum(CONSENSUS_CLIENTS),
  image: ImageSchema,
  /** Bytes. */
  memory: z.number(),
  /** Swap beyond memory, bytes. */
  swap: z.number(),
  cpus: z.number(),
  /** Host ports: the REST API on 127.0.0.1; P2P is null where the network has no peers to be found by. */
  ports: z.strictObject({ rest: z.number(), p2p: z.nullable(z.number()) }),
  /** The checkpoint providers as they may be shown: no credentials, path or query. The whole addresses are in the secret volume. */
  checkpoints: z.array(z.string()),
  /**
   * SHA-256 of the private network's configuration that it runs with, hex. Null on a public network, and where nodectl does not know it:
   * the label is older, or the container was made of what its volume held.
   */
  networkConfig: z._default(z.nullable(z.string()), null),
});

/** Geth's own light consensus: no second container. */
const Builtin = z.strictObject({
  kind: z.literal('builtin'),
  /** The beacon APIs as they may be shown. */
  beaconApis: z.array(z.string()),
});

/** A consensus client that somebody else runs; geth's engine API is published for it. */
const External = z.strictObject({
  kind: z.literal('external'),
  engine: z.strictObject({ hostIp: z.string(), port: z.number() }),
});

/** Who tells geth which head to follow; a node without it has null in its spec. */
export const ConsensusSpecSchema = z.discriminatedUnion('kind', [Client, Builtin, External]);
export type ConsensusSpec = z.infer<typeof ConsensusSpecSchema>;
export type ClientSpec = z.infer<typeof Client>;

/** The label's text; keys in a fixed order, so that equal specs are equal texts. */
export function clientLabel(spec: ClientSpec): string {
  return JSON.stringify(Client.parse(spec));
}
