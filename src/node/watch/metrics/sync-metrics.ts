import { SYNC_PHASES } from '../../sync/progress.ts';
import type { NodeSample, WatchedPhase } from '../sample.ts';
import { type NodeMetric, type Reading, stateSet } from './metric.ts';

/** How far a sync is. Without a sync there is none of them but the state set. */
export const SYNC_METRICS: readonly NodeMetric[] = [
  {
    name: 'nodectl_node_sync_phase',
    type: 'gauge',
    help: 'State set: 1 for each phase of a sync that is under way; several are at a time.',
    labels: ['phase'],
    read: ({ phases }) => stateSet(SYNC_PHASES, (word) => phases.some(({ progress }) => progress.phase === word)),
  },
  {
    name: 'nodectl_node_sync_progress_ratio',
    type: 'gauge',
    help: 'Part of the phase that is done, 0 to 1; only where its whole is known.',
    labels: ['phase'],
    read: ({ phases }) => phases.map(({ progress }) => ({ labels: [progress.phase], value: progress.fraction })),
  },
  {
    name: 'nodectl_node_sync_done',
    type: 'gauge',
    help: 'What is done of the phase, in its unit.',
    labels: ['phase', 'unit'],
    read: byUnit(({ progress }) => progress.done),
  },
  {
    name: 'nodectl_node_sync_target',
    type: 'gauge',
    help: 'The whole of the phase, in its unit; only where it is known.',
    labels: ['phase', 'unit'],
    read: byUnit(({ progress }) => progress.total),
  },
  {
    name: 'nodectl_node_sync_pending',
    type: 'gauge',
    help: 'What is known to be left of a phase whose whole nobody knows, or that goes on at the head.',
    labels: ['phase', 'unit'],
    read: byUnit(({ progress }) => progress.pending),
  },
  {
    name: 'nodectl_node_sync_rate',
    type: 'gauge',
    help: 'Units done per second over the last minutes; none in the first 20 seconds.',
    labels: ['phase', 'unit'],
    read: byUnit(({ trend }) => trend.rate),
  },
  {
    name: 'nodectl_node_sync_remaining_seconds',
    type: 'gauge',
    help: 'Until the phase ends at the present rate; none where nobody can tell, as in healing.',
    labels: ['phase'],
    read: ({ phases }) =>
      phases.map(({ progress, trend }) => ({ labels: [progress.phase], value: 'ms' in trend.eta ? trend.eta.ms / 1000 : null })),
  },
];

function byUnit(value: (phase: WatchedPhase) => number | null): (sample: NodeSample) => readonly Reading[] {
  return ({ phases }) =>
    phases.map((phase) => ({ labels: [phase.progress.phase, phase.progress.unit.replaceAll(' ', '-')], value: value(phase) }));
}
