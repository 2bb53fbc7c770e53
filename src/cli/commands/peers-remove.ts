import type * as z from 'zod/mini';
import { type PeerChange, removePeer } from '../../actions/change-peers.ts';
import type { Command } from '../command.ts';
import { FORCE_ATTACH } from '../force-attach.ts';
import { PEER_ARGUMENTS, PeerChangeSchema, PeerInput } from '../peer-change.ts';
import type { Style } from '../style.ts';

export const command: Command<z.infer<typeof PeerInput>, PeerChange> = {
  summary: 'disconnect a peer and no longer keep it connected',
  arguments: PEER_ARGUMENTS,
  options: [FORCE_ATTACH],
  examples: ['nodectl peers remove sealer follower'],
  input: PeerInput,
  report: PeerChangeSchema,
  run: (input, world) => removePeer(input, world),
  render: removeText,
  exit: () => 0,
};

function removeText({ node, peer, peerNode, connected, lasting }: PeerChange, style: Style): string {
  const lines = [`${style.paint('bold', node)}: ${peerNode ?? peer} is no longer kept connected.`];
  if (connected) lines.push(style.paint('yellow', 'It is still, or again, connected: the other side keeps this node.'));
  if (peerNode !== null && lasting)
    lines.push('The next `nodectl up` or `nodectl start` of either node connects them again: they share a chain.');
  return lines.join('\n');
}
