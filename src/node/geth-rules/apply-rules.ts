import type { HistoryRange } from '../history-ranges.ts';
import type { NetworkProfile } from '../profile.ts';
import type { StateScheme } from '../state-schemes.ts';
import type { SyncMode } from '../sync-modes.ts';
import { startingScheme } from './durability.ts';
import { judgeHistory } from './judge-history.ts';
import { judgeLightServing, judgeMining } from './judge-mining.ts';
import { judgeMode, judgeScheme } from './judge-mode.ts';
import { judgeVersion } from './judge-version.ts';
import { versionNote } from './known-versions.ts';

/** What a node is asked to be, in one geth version. */
export interface RuleRequest {
  /** X.Y.Z. */
  readonly version: string;
  readonly network: NetworkProfile;
  readonly mode: SyncMode;
  readonly history: HistoryRange;
  /** What the chain was begun with; null for a new one. */
  readonly scheme: StateScheme | null;
  readonly mine: boolean;
  /** Lower case. */
  readonly etherbase: string | undefined;
  /** 0 serves no light clients. */
  readonly lightPeers: number;
}

/** What the version really runs; `notes` are sentences for the plan. */
export interface RuleDecision {
  readonly mode: SyncMode;
  readonly history: HistoryRange;
  readonly scheme: StateScheme;
  readonly mining: { readonly etherbase: string } | null;
  readonly lightPeers: number;
  readonly notes: readonly string[];
}

/**
 * What a version makes of what is asked. Pure. Throws UNSUPPORTED_VERSION, UNSUPPORTED_MODE or UNSUPPORTED_OPTION with
 * the reason and the nearest thing that works, and USAGE for a half of --mine and --etherbase.
 */
export function applyRules(request: RuleRequest): RuleDecision {
  const { version, network, history, lightPeers } = request;
  judgeVersion(version, network);
  const { mode, note } = judgeMode(request.mode, version, network);
  const scheme = request.scheme ?? startingScheme(version, network, mode);
  judgeScheme(scheme, mode, version);
  judgeHistory(history, version, network, mode);
  const mining = judgeMining({ ...request, mode });
  judgeLightServing({ ...request, mode });
  const notes = [versionNote(version), note, mining.note].filter((text) => text !== undefined);
  return { mode, history, scheme, mining: mining.mining, lightPeers, notes };
}
