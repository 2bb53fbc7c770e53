import type { SyncMode } from './sync-modes.ts';
import type { SyncState } from './sync-state.ts';

/** What keeps geth from going on, and what to type; nothing where all is well, or where others tell it. */
export function executionNotes(node: string, sync: SyncState, mode: SyncMode | undefined): readonly string[] {
  if (sync.state === 'cut-off') return [nobodyToAsk(node)];
  if (sync.state !== 'refuses-blocks') return [];
  if (mode === 'snap') {
    return [
      `geth takes no block any more. A snap sync whose first head was below block ${SNAP_LEAST} can end so, for good: \`nodectl down ${node} --volumes\`, then \`nodectl up\` with --syncmode full.`,
    ];
  }
  return [`geth holds each block it is given for invalid: its version may lack a fork of the network; see \`nodectl logs ${node}\`.`];
}

/** A snap sync begins with the state of the block this far behind the head (geth's fsMinFullBlocks). */
export const SNAP_LEAST = 64;

/** Of a geth that lacks blocks and has no peers. */
export function nobodyToAsk(node: string): string {
  return `geth lacks blocks and has no peer to fetch them from: \`nodectl peers add ${node} ENODE\`, or start another node of the chain; on a public network let it reach others (TCP and UDP).`;
}
