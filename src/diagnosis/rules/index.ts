import type { Rule } from '../rule.ts';
import { chainNoConsensus } from './chain-no-consensus.ts';
import { chainNoPeers } from './chain-no-peers.ts';
import { chainPaused } from './chain-paused.ts';
import { chainRefusesBlocks } from './chain-refuses-blocks.ts';
import { chainSilent } from './chain-silent.ts';
import { chainStale } from './chain-stale.ts';
import { chainUpstream } from './chain-upstream.ts';
import { chainWedged } from './chain-wedged.ts';
import { crashMemory } from './crash-memory.ts';
import { crashPanic } from './crash-panic.ts';
import { crashSignal } from './crash-signal.ts';
import { databaseCorrupt } from './database-corrupt.ts';
import { databaseForeign } from './database-foreign.ts';
import { databaseLocked } from './database-locked.ts';
import { databaseVersion } from './database-version.ts';
import { diskFault } from './disk-fault.ts';
import { diskFull } from './disk-full.ts';
import { diskLimit } from './disk-limit.ts';
import { diskLow } from './disk-low.ts';
import { endAsked } from './end-asked.ts';
import { endEngine } from './end-engine.ts';
import { endUnexpected } from './end-unexpected.ts';
import { imageArchitecture } from './image-architecture.ts';
import { imageEntrypoint } from './image-entrypoint.ts';
import { killEarly } from './kill-early.ts';
import { killEngine } from './kill-engine.ts';
import { killStopTimeout } from './kill-stop-timeout.ts';
import { killStranger } from './kill-stranger.ts';
import { networkBroken } from './network-broken.ts';
import { neverStarted } from './never-started.ts';
import { oomChild } from './oom-child.ts';
import { oomHost } from './oom-host.ts';
import { oomLimit } from './oom-limit.ts';
import { oomParent } from './oom-parent.ts';
import { oomUserspace } from './oom-userspace.ts';
import { portTaken } from './port-taken.ts';
import { refusedFlag } from './refused-flag.ts';
import { refusedMode } from './refused-mode.ts';
import { refusedSettings } from './refused-settings.ts';
import { startRefused } from './start-refused.ts';
import { trendDisk } from './trend-disk.ts';
import { trendMemory } from './trend-memory.ts';
import { trendSwap } from './trend-swap.ts';
import { unknown } from './unknown.ts';
import { well } from './well.ts';

/** Every cause, first causes before their effects: among equally sure ones the first is the verdict. */
export const RULES: readonly Rule[] = [
  oomHost,
  oomParent,
  oomLimit,
  oomUserspace,
  diskFault,
  diskFull,
  diskLow,
  diskLimit,
  imageArchitecture,
  imageEntrypoint,
  portTaken,
  networkBroken,
  startRefused,
  databaseLocked,
  databaseForeign,
  databaseVersion,
  databaseCorrupt,
  refusedMode,
  refusedFlag,
  refusedSettings,
  crashMemory,
  crashPanic,
  crashSignal,
  killStopTimeout,
  killEngine,
  killEarly,
  killStranger,
  endEngine,
  oomChild,
  endAsked,
  endUnexpected,
  neverStarted,
  chainPaused,
  chainWedged,
  chainRefusesBlocks,
  chainNoConsensus,
  chainNoPeers,
  chainStale,
  chainUpstream,
  chainSilent,
  trendMemory,
  trendSwap,
  trendDisk,
];

/** Asked in this order where no rule finds anything; the last one always does. */
export const LAST_RESORTS: readonly Rule[] = [well, unknown];
