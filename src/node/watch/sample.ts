import type { NodeStatus } from '../node-status.ts';
import type { PeerDirections } from '../peer-questions.ts';
import type { Progress } from '../sync/progress.ts';
import type { SyncTrend } from '../sync/trend.ts';
import type { EarlyWarning } from './early-warning.ts';

/** Pressure stall information of the container's cgroup: the share of the last 10 seconds, 0 to 1, in which some or all of its tasks waited. */
export interface Pressure {
  readonly memorySome: number;
  readonly memoryFull: number;
  readonly cpuSome: number;
  readonly ioSome: number;
  readonly ioFull: number;
}

/** Bytes that went through swap since the container began. What goes out is null where the kernel does not count it (cgroup v1, older kernels). */
export interface SwapIo {
  readonly inBytes: number;
  readonly outBytes: number | null;
}

/** A part of a sync that is under way, and how fast it gets on. */
export interface WatchedPhase {
  readonly progress: Progress;
  readonly trend: SyncTrend;
}

/** What a watcher knows of a node at one instant (ms since the epoch): what one look shows, and what only several show. */
export interface NodeSample {
  readonly time: number;
  readonly node: string;
  /** As `status --json` gives it, with the states that only several looks show. */
  readonly status: NodeStatus;
  /** CPUs used since the sample before; null in the first, and after a restart. */
  readonly cpus: number | null;
  /** Memory that is not given back under pressure: use without the inactive file cache (bytes); null where the kernel is not seen. */
  readonly workingSetBytes: number | null;
  /** The part of it that only swap could take over: use without any file cache (bytes). When that and swap are at their limits, the kernel kills. */
  readonly heldBytes: number | null;
  /** Null where the kernel keeps none (cgroup v1, psi off) or is not seen. */
  readonly pressure: Pressure | null;
  /** Swapped in and out since the container's start; null where not seen. */
  readonly swapIo: SwapIo | null;
  /** How its peers were connected a while ago; null where nobody asked. */
  readonly directions: PeerDirections | null;
  /** Swap that the machine has left, whoever may use it; null where not seen. */
  readonly hostSwapFreeBytes: number | null;
  /** Free bytes of the file system that holds the chain volume; null where not seen. */
  readonly diskFreeBytes: number | null;
  /** Every part of the sync that is under way, in geth's order; [] where none is. */
  readonly phases: readonly WatchedPhase[];
  /** The trend of the phase that `status.sync` tells; null where no sync is under way. */
  readonly trend: SyncTrend | null;
  readonly warnings: readonly EarlyWarning[];
}
