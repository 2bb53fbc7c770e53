import type * as z from 'zod/mini';
import { addPeer, type PeerChange } from '../../actions/change-peers.ts';
import type { Command } from '../command.ts';
import { FORCE_ATTACH } from '../force-attach.ts';
import { PEER_ARGUMENTS, PeerChangeSchema, PeerInput } from '../peer-change.ts';
import type { Style } from '../style.ts';

export const command: Command<z.infer<typeof PeerInput>, PeerChange> = {
  summary: 'make a running node keep a peer connected',
  arguments: PEER_ARGUMENTS,
  options: [FORCE_ATTACH],
  examples: ['nodectl peers add sealer follower', 'nodectl peers add mainnet enode://…@203.0.113.7:30303'],
  input: PeerInput,
  report: PeerChangeSchema,
  run: (input, world) => addPeer(input, world),
  render: addText,
  exit: () => 0,
};

function addText({ node, peer, peerNode, connected, lasting }: PeerChange, style: Style): string {
  const state = connected ? style.paint('green', 'connected') : style.paint('yellow', 'not connected yet');
  const lines = [`${style.paint('bold', node)}: ${peerNode ?? peer} is ${state}.`];
  if (!connected) lines.push('geth keeps trying, every 35 seconds; look with `nodectl peers ls`.');
  if (!lasting) lines.push('This lasts until geth restarts.');
  return lines.join('\n');
}
