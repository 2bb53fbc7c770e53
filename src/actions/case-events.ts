import { notedEvents } from '../diagnosis/journal-notes.ts';
import type { Engine } from '../ports/engine.ts';
import type { EngineEvent } from '../ports/engine-events.ts';
import type { Clock, JournalRecord } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** What happened to containers, as far as the engine and the journal remember. */
export interface RememberedEvents {
  /** Oldest first. */
  readonly events: readonly EngineEvent[];
  /** Instant from which on they are complete; null where nothing is remembered, or not all was told. */
  readonly since: number | null;
}

/** What tells nothing of an end, however often it happens. */
const PLAIN = /^(?:exec_create|exec_start|attach|resize|top|archive-path|extract-to-dir|export|commit|copy|health_status)$/;

/**
 * Everything that the engine remembers of the containers of these names (of all containers its last 256 events), with what the journal
 * kept of them. What an engine has told by `deadline` (an instant) counts; one that is not at its end by then has not told all, so that
 * nothing is complete.
 */
export async function rememberEvents(
  names: readonly string[],
  journal: readonly JournalRecord[],
  deadline: number,
  engine: Engine,
  clock: Clock,
): Promise<RememberedEvents> {
  const over = new AbortController();
  const told: EngineEvent[] = [];
  let since: number | null = null;
  const read = async () => {
    for await (const event of engine.events({ since: 1, until: clock.now(), anyone: true, signal: over.signal })) {
      since ??= event.time;
      if (names.includes(event.containerName) && !PLAIN.test(event.action)) told.push(event);
    }
  };
  // An engine that tells nothing of the past is evidence that is missing, and the report says so.
  const outcome = await withinDeadline(read(), deadline, clock).catch(() => 'late' as const);
  over.abort('over');
  return { events: merged(told, notedEvents(journal)), since: outcome === 'late' ? null : since };
}

/** What both know is one event; the engine tells more of it. */
function merged(told: readonly EngineEvent[], noted: readonly EngineEvent[]): readonly EngineEvent[] {
  const words = ({ containerId, action, time, signal }: EngineEvent) => `${containerId} ${action} ${time} ${signal ?? ''}`;
  const once = new Map([...noted, ...told].map((event) => [words(event), event]));
  return [...once.values()].sort((a, b) => a.time - b.time);
}
