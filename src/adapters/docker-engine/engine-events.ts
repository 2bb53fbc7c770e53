import type { IncomingMessage } from 'node:http';
import { LABEL_NODE } from '../../node/labels.ts';
import type { EngineEvent, EventQuery } from '../../ports/engine-events.ts';
import type { Connection } from './connection.ts';
import { engineError } from './engine-error.ts';
import { engineEvent } from './engine-event.ts';
import { ndjson } from './ndjson.ts';

/**
 * Events of containers as they happen. Rows that are not one are passed over. An engine that shuts down ends the answer in good
 * order, without `until` or a signal: that is a failure like a broken connection.
 */
export async function* engineEvents(connection: Connection, query: EventQuery): AsyncGenerator<EngineEvent> {
  const { container, anyone, since, until, signal } = query;
  const whose = container !== undefined ? { container: [container] } : anyone ? {} : { label: [LABEL_NODE] };
  const request = {
    method: 'GET',
    path: '/events',
    query: {
      filters: { type: ['container'], ...whose },
      ...(since === undefined ? {} : { since: seconds(since) }),
      ...(until === undefined ? {} : { until: seconds(until) }),
    },
    accept: [200],
    signal,
    purpose: "follow the containers' events",
  } as const;
  let answer: IncomingMessage | undefined;
  let ended = false;
  try {
    answer = await connection.open(request);
    const chunks = untilItEnds(answer, () => {
      ended = true;
    });
    for await (const row of ndjson(chunks)) {
      const event = engineEvent(row);
      // The engine takes a name for the beginning of one.
      if (event && (container === undefined || [event.containerName, event.containerId].includes(container))) yield event;
    }
  } catch (error) {
    if (signal?.aborted) return;
    // A row that was cut off by the end is no fault of its own.
    throw engineError(ended ? GONE : error, connection.endpoint, request);
  } finally {
    answer?.destroy();
  }
  if (until === undefined && !signal?.aborted) throw engineError(GONE, connection.endpoint, request);
}

const GONE = { message: 'it ended the connection' };

/** Fractions down to milliseconds. */
function seconds(instant: number): string {
  return (instant / 1000).toFixed(3);
}

async function* untilItEnds(chunks: AsyncIterable<Uint8Array>, ended: () => void): AsyncGenerator<Uint8Array> {
  yield* chunks;
  ended();
}
