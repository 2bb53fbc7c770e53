import type { ConsensusState } from '../node/consensus/consensus-state.ts';
import type { ConsensusStatus } from '../node/consensus/consensus-status.ts';
import { formatSize } from '../node/size.ts';
import type { Style } from './style.ts';
import { containerText, cpuText, ofLimit } from './use-text.ts';

/** The lines of a consensus client in a node's status; none where there is none. */
export function consensusRows(status: ConsensusStatus | null, style: Style): readonly (readonly [string, string | null])[] {
  if (status === null) return [];
  const { client, state, healthy, container, use, limits } = status;
  const where = style.paint(healthy ? 'green' : 'red', consensusText(state));
  return [
    ['Consensus', [client, where, status.answersAs && `answers as ${status.answersAs}`].filter(Boolean).join(', ')],
    ['  container', container && containerText(container)],
    ['  image', status.image.ref],
    ['  slot', slotText(status)],
    ['  peers', status.peers === null ? null : String(status.peers)],
    ['  memory', use && limits && ofLimit(use.memoryBytes, limits.memoryBytes, formatSize)],
    ['  swap', use && limits && ofLimit(use.swapBytes, limits.swapBytes, formatSize)],
    ['  CPU', use && limits && cpuText(use, limits)],
    ['  disk', use === null || use.diskBytes === null ? null : formatSize(use.diskBytes)],
    ['  REST', container?.state === 'running' ? status.restEndpoint : null],
  ];
}

/** Where a consensus client stands, in words. */
export function consensusText(state: ConsensusState): string {
  switch (state.state) {
    case 'syncing':
      return `syncing, ${state.distance} slots to go`;
    case 'optimistic':
      return `waiting for geth to verify its blocks, ${state.distance} slots behind`;
    case 'frozen':
      return `frozen, its head is ${state.distance} slots old`;
    case 'execution-offline':
      return 'cannot reach geth';
    case 'execution-alone':
      return 'geth has nobody to fetch the missing blocks from';
    case 'not-authenticated':
      return 'refused by geth (wrong key)';
    case 'not-answering':
      return 'running, but its REST API does not answer';
    case 'missing':
      return 'no container';
    default:
      return state.state.replaceAll('-', ' ');
  }
}

function slotText({ headSlot, syncDistance, finalizedEpoch }: ConsensusStatus): string | null {
  if (headSlot === null) return null;
  const behind = syncDistance ? `, ${syncDistance} behind` : '';
  const final = finalizedEpoch === null ? '' : `, finalized epoch ${finalizedEpoch}`;
  return `${headSlot}${behind}${final}`;
}
