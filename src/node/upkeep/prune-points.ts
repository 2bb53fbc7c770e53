import type { HistoryRange } from '../history-ranges.ts';

interface PrunePoint {
  readonly chainId: number;
  readonly range: Exclude<HistoryRange, 'all'>;
  /** The first block that stays whole. */
  readonly block: number;
}

const [MAINNET, SEPOLIA, HOODI] = [1, 11_155_111, 560_048];

/** As geth 1.17.8 says them itself ("chain not far enough past target block N"), asked with the genesis of each network (2026-11). */
export const PRUNE_POINTS: readonly PrunePoint[] = [
  { chainId: MAINNET, range: 'postmerge', block: 15_537_393 },
  { chainId: MAINNET, range: 'postprague', block: 22_431_084 },
  { chainId: MAINNET, range: 'postosaka', block: 23_935_694 },
  { chainId: SEPOLIA, range: 'postmerge', block: 1_450_409 },
  { chainId: SEPOLIA, range: 'postprague', block: 7_836_331 },
  { chainId: SEPOLIA, range: 'postosaka', block: 9_408_577 },
  { chainId: HOODI, range: 'postprague', block: 60_412 },
  { chainId: HOODI, range: 'postosaka', block: 1_507_304 },
];

/** Blocks that a chain must be past the point: only what is so old is in the files that geth cuts off (params.FullImmutabilityThreshold). */
const BEHIND = 90_000;

/** The head from which on a network's history can be pruned to a point; undefined for a point that is not known. */
export function leastHeadToPrune(chainId: number, range: HistoryRange): number | undefined {
  const point = PRUNE_POINTS.find((row) => row.chainId === chainId && row.range === range);
  return point && point.block + BEHIND;
}
