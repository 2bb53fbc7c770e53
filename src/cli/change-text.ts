import type { ConsensusState } from '../node/consensus/consensus-state.ts';
import type { NodeStatus } from '../node/node-status.ts';
import { printable } from '../node/printable.ts';
import { formatSize } from '../node/size.ts';
import type { SyncState } from '../node/sync-state.ts';
import type { Change } from '../node/watch/cloud-event.ts';
import type { EarlyWarning } from '../node/watch/early-warning.ts';
import { consensusText } from './consensus-text.ts';
import { syncText } from './status-text.ts';

/** Names of containers and words of strangers are no longer. */
const MOST = 400;

/** A change as one line: when, of which node, and what. */
export function changeText(change: Change): string {
  return `${new Date(change.time).toISOString()} ${change.node}: ${changeWords(change)}`;
}

/** What changed, in words fit for a terminal. */
export function changeWords({ word, data }: Change): string {
  return printable(whatChanged(word, data), MOST);
}

function whatChanged(word: Change['word'], data: Change['data']): string {
  switch (word) {
    case 'watch-started': {
      const { status, warnings } = data as { status: NodeStatus; warnings: readonly EarlyWarning[] };
      const head = status.head === null ? '' : `, head ${status.head.number}`;
      const peers = status.peers === null ? '' : `, ${status.peers} peers`;
      return `${syncText(status.sync)}${head}${peers}${warnings.map(({ text }) => `; ${text}`).join('')}`;
    }
    case 'state-changed': {
      const { to, head } = data as { to: SyncState; head: number | null };
      return `${syncText(to)}${head === null ? '' : `, head ${head}`}`;
    }
    case 'phase-changed': {
      const { to, sync } = data as { to: string | null; sync: SyncState };
      return to === null ? `nothing to index any more; ${syncText(sync)}` : syncText(sync);
    }
    case 'health-changed':
      return (data as { healthy: boolean }).healthy ? 'healthy' : 'not healthy';
    case 'consensus-changed': {
      const { to } = data as { to: ConsensusState | null };
      return `consensus client: ${to === null ? 'it shall have none any more' : consensusText(to)}`;
    }
    case 'container-started':
      return `${data.container} started`;
    case 'container-stopped':
      return `${data.container} ${data.exitCode === null ? 'ended' : 'stopped in good order'}`;
    case 'container-died': {
      const how =
        data.oomKilled === true ? 'out of memory' : data.exitCode === null ? 'it was started again' : `exit code ${data.exitCode}`;
      const { death } = data as { death?: NodeStatus['death'] };
      return `${data.container} died: ${death ? `${death.meaning} [${death.verdict}, ${death.confidence}]` : how}`;
    }
    case 'container-gone':
      return `${data.container} is gone; watching goes on`;
    case 'warning-raised':
      return `warning: ${data.text}`;
    case 'warning-cleared':
      return `warning is over: ${data.kind}`;
    case 'engine-lost':
      return `${data.message} Watching goes on.`;
    case 'engine-back':
      return 'the Docker engine answers again';
    case 'guarded':
      return `guarded: its chain takes ${ofSize(data)}`;
    case 'guard-blind':
      return `not guarded: ${data.message}`;
    case 'limit-reached':
      return `its chain takes ${ofSize(data)}: geth is being stopped`;
    case 'guard-stopped':
      return `geth was stopped at its --storage, ${data.clean === true ? 'clean' : 'not clean'}${data.head === null ? '' : `, head ${data.head}`}`;
  }
}

function ofSize({ usedBytes, limitBytes }: Change['data']): string {
  return `${formatSize(Number(usedBytes))} of ${formatSize(Number(limitBytes))}`;
}
