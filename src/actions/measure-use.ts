import { LABEL_ROLE } from '../node/labels.ts';
import type { NodeUse } from '../node/node-status.ts';
import { readSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { Clock } from '../ports.ts';
import { isUp } from './stop-with-progress.ts';
import { withinDeadline } from './within-deadline.ts';

/** What a node uses, and a sentence for what could not be measured by the deadline. */
export interface MeasuredUse {
  readonly use: NodeUse;
  readonly notes: readonly string[];
}

interface Question {
  readonly container: ObservedContainer;
  /** True when the container's process and the volume's path are this machine's. */
  readonly local: boolean;
  readonly uptimeMs: number;
  readonly deadline: number;
  /** What its volume was found to take a moment ago: it is not counted again. */
  readonly counted?: number | undefined;
}

/** Measures through the kernel's files where the container is on this machine, else asks the engine. */
export async function measureUse(question: Question, engine: Engine, host: Host, clock: Clock): Promise<MeasuredUse> {
  const notes: string[] = [];
  const [sample, diskBytes] = await Promise.all([
    measureProcess(question, engine, host, clock),
    measureDisk(question, engine, host, clock),
  ]);
  if (sample === 'late') notes.push('The engine did not tell memory and CPU in time.');
  if (diskBytes === 'away') notes.push('What its chain takes is counted when it runs: its filesystem is mounted only then.');
  if (diskBytes === undefined) notes.push('The size of the volume could not be counted in time, or not by this user.');
  const found = sample === 'late' ? undefined : sample;
  const use: NodeUse = {
    memoryBytes: found?.memory ?? null,
    swapBytes: found?.swap ?? null,
    cpusAverage: found === undefined || question.uptimeMs <= 0 ? null : found.cpuNanoseconds / (question.uptimeMs * 1e6),
    diskBytes: diskBytes === 'away' ? null : (diskBytes ?? null),
    source: found?.source ?? null,
  };
  return { use, notes };
}

async function measureProcess({ container, local, deadline }: Question, engine: Engine, host: Host, clock: Clock) {
  if (container.state !== 'running') return undefined;
  const seen = local ? host.kernelUsage(container.pid) : undefined;
  if (seen !== undefined) return { ...seen, source: 'kernel' as const };
  const told = await withinDeadline(engine.usage(container.id), deadline, clock).catch(() => 'late' as const);
  if (told === 'late') return told;
  return told.value === undefined ? undefined : { ...told.value, source: 'engine' as const };
}

async function measureDisk(
  { container, local, deadline, counted: before }: Question,
  engine: Engine,
  host: Host,
  clock: Clock,
): Promise<number | 'away' | undefined> {
  if (before !== undefined) return before;
  // Its folder would show what is there without its filesystem: nothing.
  if (!isUp(container) && isSized(container)) return 'away';
  // Its own volume has its name; the one of the secrets is beside it.
  const mount = container.mounts.find(({ volume }) => volume === container.name) ?? container.mounts[0];
  if (mount === undefined) return 0;
  const counted = local ? await host.directorySize(mount.source, deadline) : undefined;
  if (counted !== undefined || clock.now() >= deadline) return counted;
  const told = await withinDeadline(engine.volumeSize(mount.volume), deadline, clock).catch(() => 'late' as const);
  return told === 'late' ? undefined : told.value;
}

function isSized({ labels }: ObservedContainer): boolean {
  return labels[LABEL_ROLE] === 'execution' && readSpec(labels)?.storageMode === 'sized';
}
