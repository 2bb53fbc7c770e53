import { formatDuration } from '../node/duration.ts';
import type { NodeStatus } from '../node/node-status.ts';
import { formatSize } from '../node/size.ts';
import { stopReasonText } from '../node/stop-reason.ts';
import { storageText } from '../node/storage/storage-facts.ts';
import type { SyncState } from '../node/sync-state.ts';
import { consensusRows, consensusText } from './consensus-text.ts';
import type { Style } from './style.ts';
import { containerText, cpuText, ofLimit } from './use-text.ts';

const LABEL_WIDTH = 12;

/** A status as a headline and aligned lines; what is not known is left out, and its note says why. */
export function statusText(status: NodeStatus, style: Style): string {
  const { container, geth, image, sync } = status;
  const running = container.state === 'running';
  const { consensus } = status;
  // Both at rest in the same way is said once.
  const besides = consensus !== null && !consensus.healthy && consensus.state.state !== sync.state;
  const beside = besides ? `; ${consensus.client}: ${consensusText(consensus.state)}` : '';
  const mark = style.paint(status.healthy ? 'green' : 'red', `${syncText(sync)}${beside}`);
  const rows: (readonly [string, string | null])[] = [
    ['Container', containerText(container)],
    ['Network', status.network && `${status.network} (chain ${status.chainId}), ${status.mode}`],
    ['geth', [geth.version, geth.answersAs && `answers as ${geth.answersAs}`].filter(Boolean).join(', ') || null],
    ['Light', status.light && lightText(status.light)],
    ['Image', [image.ref, image.origin && `(${image.origin})`].filter(Boolean).join(' ')],
    ['Digest', image.digest && `${image.digest.replace(/^.*@/, '').slice(0, 19)}…`],
    ['Head', headText(status)],
    ['Peers', status.peers === null ? null : String(status.peers)],
    ['Pool', status.txpool && `${status.txpool.pending} pending, ${status.txpool.queued} queued`],
    ['Memory', ofLimit(status.use.memoryBytes, status.limits.memoryBytes, formatSize)],
    ['Swap', ofLimit(status.use.swapBytes, status.limits.swapBytes, formatSize)],
    ['CPU', cpuText(status.use, status.limits)],
    ['Disk', status.use.diskBytes === null ? null : formatSize(status.use.diskBytes)],
    ['Storage', status.storage === null || status.storage.wanted === null ? null : storageText(status.storage)],
    ['HTTP', running ? status.endpoints.http : null],
    ['WebSocket', running ? status.endpoints.ws : null],
    ...consensusRows(status.consensus, style),
  ];
  const lines = rows.flatMap(([label, value]) => (value ? [`  ${style.paint('dim', label.padEnd(LABEL_WIDTH))}${value}`] : []));
  const notes = status.notes.map((note) => `  ${style.paint('yellow', 'Note'.padEnd(LABEL_WIDTH))}${note}`);
  return [`${style.paint('bold', status.node)}: ${mark}`, ...lines, ...notes].join('\n');
}

/** A state as a few words. */
export function syncText(sync: SyncState): string {
  switch (sync.state) {
    case 'syncing':
      return syncingText(sync);
    case 'stopped':
      return sync.reason === undefined ? 'stopped' : `stopped: ${stopReasonText(sync.reason)}`;
    case 'stalled':
      return `stalled for ${formatDuration(sync.forMs)} (${sync.phase}): ${sync.reason}`;
    case 'at-head':
      return sync.indexing > 0 ? `at the head, indexing (blocks left: ${sync.indexing})` : 'at the head';
    case 'stale':
      return `stale, the head is ${formatDuration(sync.ageMs)} old`;
    case 'wrong-chain':
      return `another chain answers (${sync.chainId})`;
    case 'waiting-for-consensus':
      return `waiting for a consensus client${sync.reason === null ? '' : `: ${sync.reason}`}`;
    case 'cut-off':
      return `cut off: it lacks blocks up to ${sync.told} and has nobody to fetch them from`;
    case 'refuses-blocks':
      return 'takes no block: it holds those of its chain for invalid';
    case 'root-not-served':
      return 'no verified header: the trusted root may be too old (`nodectl restart` fetches a fresh one)';
    case 'upstream-lies':
      return 'a server gives answers that do not bear their proof; they are refused';
    case 'upstream-silent':
      return 'no server proves anything to it';
    case 'not-answering':
      return 'running, but JSON-RPC does not answer';
    default:
      return sync.state.replaceAll('-', ' ');
  }
}

function syncingText({ phase, current, highest, pending }: Extract<SyncState, { state: 'syncing' }>): string {
  const percent = highest > 0 ? Math.floor((current / highest) * 1000) / 10 : 0;
  const known = `${phase === 'headers' ? 'header' : 'block'} ${current} of ${highest} (${percent} %)`;
  switch (phase) {
    case 'headers':
    case 'chain':
      return `syncing the ${phase}, ${known}`;
    case 'state':
      return `syncing the state${pending === null ? '' : `, ${pending} entries pending`}; ${known}`;
    case 'healing':
      return `syncing, healing the state, ${pending ?? 0} trie nodes pending (no estimate)`;
    case 'indexing':
      return `syncing, indexing (blocks left: ${pending ?? 0})`;
  }
}

function headText({ head, finalized }: NodeStatus): string | null {
  if (head === null) return null;
  const final = finalized === null ? '' : `, finalized ${finalized}`;
  return `${head.number}, ${head.ageMs === null ? 'genesis' : `${formatDuration(head.ageMs)} old`}${final}`;
}

function lightText({ backend, executionRpcs, beaconApis, proof }: NonNullable<NodeStatus['light']>): string {
  const proved = proof === null ? '' : proof === 'holds' ? ', proves' : `, proof ${proof}`;
  return `${backend}${proved}; asks ${[...executionRpcs, ...beaconApis].join(', ')}`;
}
