import { LABEL_ROLE } from '../node/labels.ts';
import type { StopReason } from '../node/stop-reason.ts';
import { endedFor } from '../node/sync-state.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { readGethLog } from './read-geth-log.ts';
import { recallStopReason } from './recall-stop-reason.ts';

/** Why a node's own container was stopped in good order for want of room, by its log and the journal; undefined where it was not. Its log is waited for until `deadline` (an instant). */
export async function stopReasonOf(
  node: string,
  container: ObservedContainer,
  deadline: number,
  engine: Engine,
  { clock, journal }: Pick<World, 'clock' | 'journal'>,
): Promise<StopReason | undefined> {
  if (container.state !== 'exited' || container.exitCode !== 0 || container.labels[LABEL_ROLE] === 'light') return undefined;
  const lines = await readGethLog(container, deadline, engine, clock);
  return endedFor(lines, recallStopReason(node, container, await journal()));
}
