import type { JudgedNode } from '../node/judge-node.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { ImageFacts } from '../ports/engine.ts';
import type { EngineEvent } from '../ports/engine-events.ts';
import type { HostMemory } from '../ports/host.ts';
import type { JournalRecord } from '../ports.ts';
import type { KernelRecord } from './kernel/kernel-record.ts';
import type { SignedLine } from './signatures/signature.ts';

/** One run of a container: from its start to its end, or until now. */
export interface Run {
  /** Instant; 0 = it never started. */
  readonly startedAt: number;
  /** Instant; null while it runs. Never before `startedAt`. */
  readonly endedAt: number | null;
  /** Null while it runs, or where nobody remembers it. */
  readonly exitCode: number | null;
  /** The engine's word that something was killed in it for want of memory; null where nobody remembers. Never the judge alone. */
  readonly oomKilled: boolean | null;
  /** The host's id of its first process; null where nobody noted it. */
  readonly pid: number | null;
}

/** What was read of a thing, or why not. */
export type Sight<T> = { readonly seen: T } | { readonly blind: string };

/** The host of the engine, as far as it is this machine; each value null where it cannot be told. */
export interface HostEvidence {
  readonly memory: HostMemory | null;
  /** Instant of its last boot. */
  readonly bootedAt: number | null;
  /** Instant at which the engine's process began. */
  readonly engineStartedAt: number | null;
  /** Processes killed for want of memory since boot, by the kernel's own count. */
  readonly oomKills: number | null;
  readonly diskFree: number | null;
  readonly diskTotal: number | null;
  readonly swappiness: number | null;
}

/** What the container's cgroup counts; each value null where the kernel does not tell, or nobody looked while it lived. */
export interface CgroupCounters {
  /** Processes killed in it for want of memory, this run. */
  readonly oomKills: number | null;
  /** Times its limit was met (no sign of a kill by itself). */
  readonly limitHits: number | null;
  /** Most memory at once, bytes. */
  readonly peakBytes: number | null;
  readonly memoryBytes: number | null;
  readonly swapBytes: number | null;
  /** Shares of 0 to 1 over the last minute (PSI); null on cgroup v1 or with psi off. */
  readonly memoryPressure: number | null;
  /** Instant at which they were read. */
  readonly at: number;
}

/** Everything known of one run of one container: what the rules judge, and nothing else. */
export interface CaseEvidence {
  readonly now: number;
  /** Null for a container that nodectl did not make. */
  readonly node: string | null;
  readonly role: 'execution' | 'consensus' | 'light';
  /** As the engine has it now; its state speaks of the run only where `present`. */
  readonly container: ObservedContainer;
  /** Whether `run` is what the engine's state is about: false for an earlier run of its history. */
  readonly present: boolean;
  readonly run: Run;
  /** Null for a container that nodectl did not make, or where its label cannot be read. */
  readonly spec: NodeSpec | null;
  /** X.Y.Z, where it can be told. */
  readonly gethVersion: string | null;
  readonly image: ImageFacts | null;
  readonly engine: {
    readonly architecture: string;
    readonly cgroupVersion: 1 | 2;
    readonly serverVersion: string;
    readonly local: boolean;
  };
  /** Of this container during and around this run, oldest first; complete from `eventsSince` (instant) on. */
  readonly events: readonly EngineEvent[];
  /** Null where the engine remembers nothing of that time and no journal does. */
  readonly eventsSince: number | null;
  /** Kernel records of the run's time, of whatever cgroup, oldest first, and from when on the kernel's log reaches back. */
  readonly kernel: Sight<{ readonly records: readonly KernelRecord[]; readonly since: number; readonly source: string }>;
  readonly counters: CgroupCounters | null;
  readonly host: HostEvidence;
  /** Recognised lines of the run, oldest first. */
  readonly signed: readonly SignedLine[];
  /** The last lines of the run as they stood, oldest first, printable, 40 at most. */
  readonly lastLines: readonly { readonly at: number; readonly text: string }[];
  /** How it answers now; null where it does not run, or is no node of ours. */
  readonly judged: JudgedNode | null;
  /** The node's journal, oldest first. */
  readonly journal: readonly JournalRecord[];
}
