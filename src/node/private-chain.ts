import * as z from 'zod/mini';
import { isEnode } from './enode.ts';

/** An enode that geth can take; the message names what one is. */
export const EnodeSchema = z
  .string()
  .check(z.refine(isEnode, 'an enode is enode://<128 hex digits>@<address>:<port>, as `nodectl inspect` prints it'));

/** Who makes the blocks of a private chain: its own sealers, miners, or a consensus client over the engine API. */
export const SEALS = ['clique', 'ethash', 'engine'] as const;

/** What is known of a private chain beside what every network has; derived from its genesis, and small enough for a label. */
export const PrivateChainSchema = z.strictObject({
  /** SHA-256 of the genesis as canonical JSON, hex: what makes it this chain and no other. */
  genesis: z.string(),
  seal: z.enum(SEALS),
  /** Seconds between clique blocks, 0 = only when there are transactions; null for other chains. */
  period: z.nullable(z.number()),
  bootnodes: z.array(EnodeSchema),
  staticPeers: z.array(EnodeSchema),
  /** The beacon chain that makes its blocks; null where none is known. */
  beacon: z._default(
    z.nullable(
      z.strictObject({
        /** SHA-256 of the two files, hex: another beacon chain is another volume. */
        config: z.string(),
        genesisState: z.string(),
        bootnodes: z.array(z.string()),
        staticPeers: z.array(z.string()),
        /** Of the genesis state: seconds since 1970, and the root of the first validators, 0x and hex. */
        genesisTime: z.number(),
        validatorsRoot: z.string(),
        /** Of the configuration. */
        slotSeconds: z.number(),
        epochSlots: z.number(),
        /** Epochs that a sync committee serves. */
        committeeEpochs: z.number(),
        /** Scheduled forks by their names in the configuration (`ELECTRA`), those that never come left out. */
        forks: z.array(z.strictObject({ name: z.string(), epoch: z.number() })),
      }),
    ),
    null,
  ),
});

export type PrivateChain = z.infer<typeof PrivateChainSchema>;

/**
 * What a node's label holds of its private chain beside what makes it that chain, in phrases; `reads` is true where the node's own
 * container reads the beacon chain's configuration. Bootnodes of geth are in its arguments.
 */
export function chainPhrases(chain: PrivateChain | undefined, reads: boolean): readonly string[] {
  if (chain === undefined) return [];
  const { staticPeers, beacon } = chain;
  const peers = staticPeers.map((enode) => `peer ${enode}`);
  if (beacon === null) return peers;
  return [
    ...peers,
    ...(reads ? [`configuration ${beacon.config.slice(0, 16)}`] : []),
    ...[`${beacon.slotSeconds} s a slot`, `${beacon.epochSlots} slots an epoch`, `${beacon.committeeEpochs} epochs a committee`],
    ...beacon.forks.map(({ name, epoch }) => `${name} at epoch ${epoch}`),
    ...beacon.bootnodes.map((record) => `beacon bootnode ${record}`),
    ...beacon.staticPeers.map((address) => `beacon peer ${address}`),
  ];
}
