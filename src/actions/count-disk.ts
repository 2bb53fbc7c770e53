import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { Clock } from '../ports.ts';

/** Counting a volume means asking for each of its files: it may take this part of the time, and is never done more often. */
const SHARE = 0.01;
const LEAST_PAUSE_MS = 30_000;
const LONGEST_COUNT_MS = 5 * 60_000;

/** Who knows how much a node's chain volume takes, as of a while ago. */
export interface DiskCounter {
  /** Bytes at the last count, which it begins anew in the background when it is time; null before the first and where nobody can count. */
  latest(container: ObservedContainer, local: boolean): number | null;
}

/** Counts in the background, at a pace that costs a hundredth of one CPU at most; ends by the signal. */
export function diskCounter(engine: Engine, host: Host, clock: Clock, signal: AbortSignal): DiskCounter {
  let bytes: number | null = null;
  let counted = '';
  let due = 0;
  const count = async (mount: { readonly volume: string; readonly source: string }, local: boolean) => {
    const began = clock.now();
    due = Number.POSITIVE_INFINITY;
    const seen = local ? await host.directorySize(mount.source, began + LONGEST_COUNT_MS, signal) : undefined;
    const found = seen ?? (await engine.volumeSize(mount.volume).catch(() => undefined));
    if (counted === mount.source) bytes = found ?? null;
    const now = clock.now();
    due = now + Math.max(LEAST_PAUSE_MS, (now - began) / SHARE);
  };
  return {
    latest(container, local) {
      const mount = container.mounts.find(({ volume }) => volume === container.name) ?? container.mounts[0];
      if (mount === undefined) return 0;
      if (mount.source !== counted) bytes = null;
      counted = mount.source;
      if (clock.now() >= due && !signal.aborted) void count(mount, local);
      return bytes;
    },
  };
}
