import { NodectlError } from '../../errors.ts';
import type { Connection } from './connection.ts';

/** The oldest API we speak, of engine 20.10, and the newest that is tested. */
const FLOOR = '1.41';
const CEILING = '1.47';

/** Milliseconds for the first answer of an engine; a stopped process accepts connections and never answers. */
const FIRST_ANSWER_DEADLINE = 15_000;

/** Asks the engine once for its API version and pins the connection to the highest that both speak. */
export async function negotiateVersion(connection: Connection): Promise<string> {
  const url = connection.endpoint.url;
  const answer = await firstAnswer(connection);
  answer.resume();
  const offered = answer.headers['api-version'];
  if (typeof offered !== 'string' || !/^\d+\.\d+$/.test(offered)) {
    throw new NodectlError('ENGINE_UNREACHABLE', `What answers at ${url} is not a Docker engine.`, { facts: { endpoint: url } });
  }
  if (compare(offered, FLOOR) < 0) {
    throw new NodectlError('ENGINE_TOO_OLD', `The Docker engine speaks API ${offered}; nodectl needs ${FLOOR} or newer.`, {
      facts: { endpoint: url },
    });
  }
  const version = compare(offered, CEILING) < 0 ? offered : CEILING;
  Object.assign(connection.docker.modem, { version: `v${version}` });
  return version;
}

async function firstAnswer(connection: Connection) {
  const deadline = AbortSignal.timeout(FIRST_ANSWER_DEADLINE);
  try {
    return await connection.open({ method: 'GET', path: '/_ping', accept: [200], purpose: 'reach the engine', signal: deadline });
  } catch (cause) {
    if (cause instanceof NodectlError && cause.code !== 'INTERRUPTED' && cause.code !== 'ENGINE_FAILED') throw cause;
    const { url } = connection.endpoint;
    const said = cause instanceof NodectlError && cause.code === 'ENGINE_FAILED' ? cause.message : 'no answer in time';
    throw new NodectlError('ENGINE_UNREACHABLE', `No Docker engine answers at ${url}.`, { facts: { endpoint: url, reason: said }, cause });
  }
}

function compare(left: string, right: string): number {
  const [a = 0, b = 0] = left.split('.').map(Number);
  const [c = 0, d = 0] = right.split('.').map(Number);
  return a - c || b - d;
}
