import * as z from 'zod/mini';
import type { PeerChange } from '../actions/change-peers.ts';
import { parseNodeName } from '../node/names.ts';
import type { ArgumentUsage } from './command.ts';
import { flag } from './option-values.ts';

/** The words of `peers add` and `peers remove`. */
export const PEER_ARGUMENTS: readonly ArgumentUsage[] = [
  { usage: '<node>', help: 'the node whose peers change', completes: 'running-node' },
  { usage: '<peer>', help: 'an enode, or the name of another node of the same chain', completes: 'node' },
];

export const PeerInput = z.strictObject({ node: z.pipe(z.string(), z.transform(parseNodeName)), peer: z.string(), force: flag });

export const PeerChangeSchema: z.ZodMiniType<PeerChange> = z.object({
  node: z.string(),
  peer: z.string(),
  peerNode: z.nullable(z.string()),
  connected: z.boolean(),
  lasting: z.boolean().check(z.describe('true when geth will do the same after a restart')),
});
