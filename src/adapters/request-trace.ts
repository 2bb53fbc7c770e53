import { pino } from 'pino';

/** Tells of one request when its answer has begun, or did not come: what was asked, how it ended, how long it took. */
export type RequestTrace = (request: string, outcome: string | number, begun: number) => void;

/** Writes every request to standard error as a line of JSON: for NODECTL_DEBUG. Never bodies, which may hold anything. */
export function requestTrace(): RequestTrace {
  const log = pino({ level: 'debug', base: null }, pino.destination({ dest: 2, sync: true }));
  return (request, outcome, begun) => log.debug({ outcome, ms: Math.round((performance.now() - begun) * 10) / 10 }, request);
}
