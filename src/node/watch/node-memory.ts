import type { SyncMemories } from '../sync/trend.ts';
import type { TrackedWarnings } from './warnings/track-warnings.ts';
import { NO_WINDOWS, type Windows } from './windows.ts';

/** What a watcher keeps of a node between two looks: constant in size, however long it watches. */
export interface NodeMemory {
  /** Which run of which container was seen; '' before the first look. */
  readonly run: string;
  readonly cpu: { readonly time: number; readonly nanoseconds: number } | undefined;
  readonly phases: SyncMemories;
  readonly windows: Windows;
  readonly warnings: TrackedWarnings;
}

export const NOTHING_REMEMBERED: NodeMemory = { run: '', cpu: undefined, phases: {}, windows: NO_WINDOWS, warnings: {} };
