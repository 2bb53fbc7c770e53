import { STOP_REASONS, type StopReason } from '../node/stop-reason.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Journal, JournalRecord } from '../ports.ts';

/** The latest records of a journal are in so many bytes at its end. */
const LATEST_BYTES = 64 * 1024;

/** Of a stop that has a reason, for the journal: it names the run that it ended. */
export function stopReasonData(container: ObservedContainer, reason: StopReason): JournalRecord['data'] {
  return { reason, id: container.id, startedAt: container.startedAt };
}

/** Why nodectl stopped the last run of a container; undefined where it runs, where nobody noted a reason, or where another run came after. */
export function recallStopReason(node: string, container: ObservedContainer, journal: Journal): StopReason | undefined {
  if (container.state !== 'exited') return undefined;
  const last = journal.read(node, LATEST_BYTES).findLast(({ kind }) => kind === 'stop');
  if (last?.data.id !== container.id || last.data.startedAt !== container.startedAt) return undefined;
  return STOP_REASONS.find((reason) => reason === last.data.reason);
}
