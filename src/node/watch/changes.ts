import type { NodeStatus } from '../node-status.ts';
import type { StopReason } from '../stop-reason.ts';
import type { SyncPhase } from '../sync/progress.ts';
import type { SyncState } from '../sync-state.ts';
import type { Change, EventWord } from './cloud-event.ts';
import type { NodeSample } from './sample.ts';

/**
 * What changed from one sample to the next, in the order in which it is told: containers, then what they do, then what they are warned
 * of. Without a sample before, where the node stands.
 */
export function changes(before: NodeSample | undefined, after: NodeSample): readonly Change[] {
  const { time, node } = after;
  const change = (word: EventWord, data: Change['data']): Change => ({ word, node, time, data });
  if (before === undefined) return [change('watch-started', { status: after.status, warnings: after.warnings })];
  const [was, is] = [before.status, after.status];
  return [
    ...containerChanges('execution', was.container, is.container),
    ...containerChanges('consensus', was.consensus?.container ?? undefined, is.consensus?.container ?? undefined),
    ...syncChanges(before, after),
    ...(was.consensus?.state.state === is.consensus?.state.state
      ? []
      : [['consensus-changed', { from: was.consensus?.state ?? null, to: is.consensus?.state ?? null }] as const]),
    ...(was.healthy === is.healthy ? [] : [['health-changed', { healthy: is.healthy, sync: is.sync }] as const]),
    ...after.warnings
      .filter(({ kind }) => !before.warnings.some((warning) => warning.kind === kind))
      .map((warning) => ['warning-raised', { ...warning }] as const),
    ...before.warnings
      .filter(({ kind }) => !after.warnings.some((warning) => warning.kind === kind))
      .map(({ kind }) => ['warning-cleared', { kind }] as const),
  ].map(([word, data]) => change(word, data));
}

type Told = readonly [EventWord, Change['data']];
type Container = NodeStatus['container'];

/** A run that ended between two looks is told, too, though how it ended is known only where the engine started it again for a failure. */
function containerChanges(part: 'execution' | 'consensus', was: Container | undefined, is: Container | undefined): readonly Told[] {
  if (is === undefined) return was === undefined ? [] : [['container-gone', { part, container: was.name }]];
  const about = { part, container: is.name, id: is.id };
  const sameRun = was !== undefined && was.id === is.id && was.startedAt === is.startedAt;
  const ended = (exitCode: number | null, died: boolean): Told => [
    died ? 'container-died' : 'container-stopped',
    { ...about, exitCode, oomKilled: is.oomKilled, error: is.error, restartCount: is.restartCount },
  ];
  const told: Told[] = [];
  if (was !== undefined && isUp(was) && !sameRun) {
    const crashed = was.id === is.id && is.restartCount > was.restartCount;
    told.push(isUp(is) ? [...ended(null, crashed)] : ended(is.exitCode, diedBy(is)));
  }
  if (isUp(is) && (!sameRun || (was !== undefined && !isUp(was))))
    told.push(['container-started', { ...about, restartCount: is.restartCount }]);
  if (sameRun && isUp(was) && !isUp(is)) told.push(ended(is.exitCode, diedBy(is)));
  return told;
}

function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

/** A kill of something else in the container is no end of the node. */
function diedBy({ exitCode, state }: Container): boolean {
  return exitCode !== 0 || state === 'dead';
}

function syncChanges(before: NodeSample, after: NodeSample): readonly Told[] {
  const [from, to] = [before.status.sync, after.status.sync];
  const [head, peers] = [after.status.head?.number ?? null, after.status.peers];
  if (from.state !== to.state || stopReasonOf(from) !== stopReasonOf(to)) return [['state-changed', { from, to, head, peers }]];
  const [phaseBefore, phase] = [phaseOf(before), phaseOf(after)];
  return phaseBefore === phase ? [] : [['phase-changed', { from: phaseBefore, to: phase, sync: to, head, peers }]];
}

/** It may be read only after the end was seen. */
function stopReasonOf(sync: SyncState): StopReason | undefined {
  return sync.state === 'stopped' ? sync.reason : undefined;
}

/** What a sync does; at the head, whether it still indexes. */
function phaseOf({ status: { sync } }: NodeSample): SyncPhase | null {
  if ('phase' in sync) return sync.phase;
  return sync.state === 'at-head' && sync.indexing > 0 ? 'indexing' : null;
}
