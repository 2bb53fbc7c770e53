import { NodectlError } from '../../errors.ts';
import type { HistoryRange } from '../history-ranges.ts';
import type { NetworkProfile } from '../profile.ts';
import type { SyncMode } from '../sync-modes.ts';
import { historyRanges, historySince } from './history-rules.ts';

/** UNSUPPORTED_OPTION when the version cannot keep this range of this network, with what can. */
export function judgeHistory(history: HistoryRange, version: string, network: NetworkProfile, mode: SyncMode): void {
  if (history === 'all') return;
  const refuse = (reason: string, hint: string) => {
    throw new NodectlError('UNSUPPORTED_OPTION', reason, { hint });
  };
  const since = historySince(history, network);
  const able = historyRanges(version, network).join(', ');
  if (since === undefined)
    refuse(`${network.name} has no history that begins ${history}.`, `Use --history ${able.replaceAll(', ', ' or ')}.`);
  if (mode === 'archive')
    refuse(`An archive keeps everything: --history ${history} contradicts it.`, 'Leave --history out, or use --syncmode snap or full.');
  if (mode === 'light') refuse(`A light client keeps no history: --history ${history} means nothing there.`, 'Leave --history out.');
  if (!historyRanges(version, network).includes(history)) {
    refuse(
      `geth ${version} cannot begin ${network.name} ${history}: ${since} is the first that can. It knows: ${able}.`,
      `Use --geth-version ${since} or later.`,
    );
  }
}
