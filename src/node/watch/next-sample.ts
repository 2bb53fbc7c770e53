import type { KernelStrain } from '../../ports/host.ts';
import { companyOf } from '../company.ts';
import type { NodeStatus } from '../node-status.ts';
import type { PeerDirections } from '../peer-questions.ts';
import type { RpcFacts } from '../rpc-facts.ts';
import type { NodeSpec } from '../spec.ts';
import { type LoggedLine, loggedProgress } from '../sync/judge-lines.ts';
import { type Progress, phasesOf, SYNC_PHASES, withLogged } from '../sync/progress.ts';
import { judgeTrend } from '../sync/stall.ts';
import { rememberPhases, type SyncMemories, trendOf } from '../sync/trend.ts';
import type { SyncState } from '../sync-state.ts';
import type { NodeMemory } from './node-memory.ts';
import type { NodeSample, WatchedPhase } from './sample.ts';
import { raisedOf, trackWarnings } from './warnings/track-warnings.ts';
import { measure } from './windows.ts';

/** What one look found of a node. */
export interface LookFound {
  readonly time: number;
  readonly status: NodeStatus;
  readonly spec: NodeSpec | undefined;
  readonly said: RpcFacts | undefined;
  /** geth's latest lines; none where nobody looked. */
  readonly lines: readonly LoggedLine[];
  /** CPU time since the container's start. */
  readonly cpuNanoseconds: number | undefined;
  readonly strain: KernelStrain | undefined;
  /** Swap that the machine has left; undefined where it is another machine. */
  readonly hostSwapFree: number | undefined;
  readonly diskFree: number | undefined;
  readonly directions: PeerDirections | null;
}

/** geth tells its progress every 8 seconds. */
const PROGRESS_FRESH = 60_000;

/** The sample of one more look, by what was remembered before it, and what to remember now. */
export function nextSample(before: NodeMemory, found: LookFound): { readonly sample: NodeSample; readonly memory: NodeMemory } {
  const { time, said, strain, cpuNanoseconds } = found;
  const { container, use, peers } = found.status;
  const run = `${container.id} ${container.startedAt} ${container.state === 'running'}`;
  const sameRun = run === before.run;

  const phases = phasesFound(found);
  const memories = rememberPhases(sameRun ? before.phases : {}, { time, phases, peers: peers ?? undefined });
  const watched = phases.flatMap((progress) => watchedPhase(progress, memories));
  const sync = stalledOr(found.status.sync, memories);
  const status = { ...found.status, sync, healthy: found.status.healthy && sync.state !== 'stalled' };
  const trend = ('phase' in sync && watched.find(({ progress }) => progress.phase === sync.phase)?.trend) || null;

  const pressure = strain?.pressure ?? null;
  const { swappedIn, swappedOut } = strain ?? {};
  const room = roomLeft(found.status, found);
  const windows = measure(before.windows, { time, room, swappedIn, swappedOut, diskFree: found.diskFree }, sameRun);
  const company = companyOf(found.spec, said?.chainId);
  const limit = status.limits.memoryBytes;
  const memoryShare = use.memoryBytes === null || limit === null ? null : use.memoryBytes / limit;
  const privateChain = found.spec?.custom?.private !== undefined;
  const sight = { time, status, company, privateChain, trend, memoryShare, pressure, windows, lines: found.lines };
  const warnings = trackWarnings(before.warnings, sight);

  const cpu = cpuNanoseconds === undefined ? undefined : { time, nanoseconds: cpuNanoseconds };
  return {
    sample: {
      time,
      node: status.node,
      status,
      cpus: sameRun ? cpusBetween(before.cpu, cpu) : null,
      workingSetBytes: use.memoryBytes,
      heldBytes: strain?.held ?? null,
      pressure,
      swapIo: swappedIn === undefined ? null : { inBytes: swappedIn, outBytes: swappedOut ?? null },
      directions: found.directions,
      hostSwapFreeBytes: found.hostSwapFree ?? null,
      diskFreeBytes: found.diskFree ?? null,
      phases: watched,
      trend,
      warnings: raisedOf(warnings),
    },
    memory: { run, cpu, phases: memories, windows, warnings },
  };
}

/** Every phase under way, by what geth answers and, where it does not, by what it logs. */
function phasesFound({ time, status: { sync }, said, lines }: LookFound): readonly Progress[] {
  if (sync.state !== 'syncing' && sync.state !== 'at-head') return [];
  const logged = lines.filter((line) => time - line.time <= PROGRESS_FRESH).flatMap(({ text }) => loggedProgress(text) ?? []);
  const answered = said?.syncing ? phasesOf(said.syncing, said.head?.number) : [];
  const phases = answered.map((progress) =>
    withLogged(
      progress,
      logged.findLast(({ phase }) => phase === progress.phase),
    ),
  );
  if (sync.state !== 'syncing' || phases.some(({ phase }) => phase === sync.phase)) return phases;
  const only = logged.findLast(({ phase }) => phase === sync.phase);
  return [...(only === undefined ? [] : [only]), ...phases].sort((one, other) => orderOf(one) - orderOf(other));
}

function orderOf({ phase }: Progress): number {
  return SYNC_PHASES.indexOf(phase);
}

function watchedPhase(progress: Progress, memories: SyncMemories): readonly WatchedPhase[] {
  const memory = memories[progress.phase];
  return memory === undefined ? [] : [{ progress, trend: trendOf(memory) }];
}

function stalledOr(sync: SyncState, memories: SyncMemories): SyncState {
  return sync.state === 'syncing' ? judgeTrend(sync, memories[sync.phase]) : sync;
}

/** Without a limit of its own nothing kills the node alone. */
function roomLeft({ limits, use }: NodeStatus, { strain, hostSwapFree }: LookFound): number | undefined {
  if (limits.memoryBytes === null || strain === undefined) return undefined;
  const allowed = limits.swapBytes === null ? Number.POSITIVE_INFINITY : Math.max(0, limits.swapBytes - (use.swapBytes ?? 0));
  return Math.max(0, limits.memoryBytes - strain.held) + Math.min(allowed, hostSwapFree ?? 0);
}

function cpusBetween(before: NodeMemory['cpu'], now: NodeMemory['cpu']): number | null {
  if (before === undefined || now === undefined) return null;
  const [time, nanoseconds] = [now.time - before.time, now.nanoseconds - before.nanoseconds];
  return time > 0 && nanoseconds >= 0 ? nanoseconds / (time * 1e6) : null;
}
