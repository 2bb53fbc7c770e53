import { inRange } from '../geth-version.ts';
import { HISTORY_RANGES, type HistoryRange } from '../history-ranges.ts';
import type { NetworkProfile } from '../profile.ts';

interface HistoryRow {
  readonly range: HistoryRange;
  readonly chainId: number;
  readonly since: string;
}

const [MAINNET, SEPOLIA, HOODI] = [1, 11_155_111, 560_048];

/** From which version on a chain's history can be begun at a fork (the prune points of core/history/historymode.go of each tag). */
export const HISTORY_RULES: readonly HistoryRow[] = [
  { range: 'postmerge', chainId: MAINNET, since: '1.15.6' },
  { range: 'postmerge', chainId: SEPOLIA, since: '1.15.6' },
  { range: 'postprague', chainId: MAINNET, since: '1.17.2' },
  { range: 'postprague', chainId: SEPOLIA, since: '1.17.2' },
  { range: 'postprague', chainId: HOODI, since: '1.17.3' },
  { range: 'postosaka', chainId: MAINNET, since: '1.17.7' },
  { range: 'postosaka', chainId: SEPOLIA, since: '1.17.7' },
  { range: 'postosaka', chainId: HOODI, since: '1.17.7' },
];

/** The first version that can keep this range of this network; undefined where none can. */
export function historySince(range: HistoryRange, network: NetworkProfile): string | undefined {
  if (network.private !== undefined) return undefined;
  return HISTORY_RULES.find((row) => row.range === range && row.chainId === network.chainId)?.since;
}

/** The ranges that a version can keep of a network; `all` always. */
export function historyRanges(version: string, network: NetworkProfile): readonly HistoryRange[] {
  return HISTORY_RANGES.filter((range) => {
    if (range === 'all') return true;
    const since = historySince(range, network);
    return since !== undefined && inRange(version, { since });
  });
}
