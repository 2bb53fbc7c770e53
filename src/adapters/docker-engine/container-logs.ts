import type { IncomingMessage } from 'node:http';
import type { LogLine, LogQuery } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { engineError } from './engine-error.ts';
import { frameBatches } from './log-frames.ts';
import { logLines } from './log-lines.ts';

/**
 * A container's output by line, each with the engine's timestamp. Ends quietly when the signal is aborted, and closes its
 * connection when the reader stops early; NO_SUCH_NODE without such a container.
 */
export async function* containerLogs(connection: Connection, container: string, query: LogQuery): AsyncGenerator<LogLine> {
  const request = {
    method: 'GET',
    path: containerPath(container, 'logs'),
    query: {
      stdout: true,
      stderr: true,
      timestamps: true,
      follow: query.follow === true,
      ...(query.tail === undefined ? {} : { tail: query.tail }),
      ...(query.since === undefined ? {} : { since: (query.since / 1000).toFixed(3) }),
      ...(query.until === undefined ? {} : { until: (query.until / 1000).toFixed(3) }),
    },
    accept: [200],
    signal: query.signal,
    purpose: `read the log of ${container}`,
  } as const;
  let answer: IncomingMessage | undefined;
  try {
    answer = await connection.open(request);
    for await (const lines of logLines(frameBatches(answer))) for (const line of lines) yield line;
  } catch (error) {
    if (query.signal?.aborted) return;
    throw engineError(error, connection.endpoint, request);
  } finally {
    answer?.destroy();
  }
}
