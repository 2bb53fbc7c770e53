import { type ErrorCode, NodectlError } from '../../errors.ts';
import { connectionError } from './connection-error.ts';
import type { Endpoint } from './endpoint.ts';
import type { EngineRequest } from './engine-request.ts';

/** What dockerode rejects with: an HTTP status and the engine's words, or a socket's code. */
interface DockerodeError {
  readonly message?: string;
  readonly statusCode?: number;
  readonly code?: string;
}

/** The engine's words → the case they mean; the first row that fits wins. Words of Docker 20.10 to 28.5 and Podman 5. */
const CASES: readonly { readonly words: RegExp; readonly code: ErrorCode; readonly status?: number }[] = [
  { words: /no space left on device|disk quota exceeded/i, code: 'DISK_FULL' },
  { words: /no quota support|--storage-opt is (not )?supported/i, code: 'STORAGE_IMPOSSIBLE' },
  { words: /client version .* is too (new|old)/i, code: 'ENGINE_TOO_OLD' },
  { words: /exec format error|does not match the (specified|detected host) platform/i, code: 'IMAGE_WRONG_ARCHITECTURE' },
  { words: /port is already allocated|address already in use|ports are not available/i, code: 'PORT_TAKEN' },
  { words: /no such image|image .* (not found|not known)|invalid reference format|reference does not exist/i, code: 'NO_SUCH_IMAGE' },
  { words: /name .* is already in use|already reserved/i, code: 'NAME_TAKEN', status: 409 },
  { words: /cannot remove .*\b(running|paused)\b/i, code: 'CONVERGENCE_FAILED', status: 409 },
  { words: /container .* is not running|can only create exec sessions on running/i, code: 'NODE_NOT_RUNNING', status: 409 },
  { words: /container .* is paused/i, code: 'CONTAINER_PAUSED', status: 409 },
  { words: /executable file not found|exec: .*no such file or directory|no command specified/i, code: 'IMAGE_NOT_GETH' },
  { words: /no such container|marked for removal/i, code: 'NO_SUCH_NODE' },
];

/** Any failure of a request to the engine as the error that a person can act on. */
export function engineError(error: unknown, endpoint: Endpoint, request: Pick<EngineRequest, 'purpose' | 'signal'>): NodectlError {
  if (error instanceof NodectlError) return error;
  if (request.signal?.aborted) return new NodectlError('INTERRUPTED', `Interrupted: ${request.purpose}.`);
  const failure = error as DockerodeError;
  if (failure.statusCode === undefined) return connectionError(error, endpoint, request.purpose);
  const words = engineWords(failure.message ?? '', failure.statusCode);
  const code =
    CASES.find((row) => row.words.test(words) && (row.status ?? failure.statusCode) === failure.statusCode)?.code ?? 'ENGINE_FAILED';
  return new NodectlError(code, `Could not ${request.purpose}: ${words}`, { facts: { endpoint: endpoint.url }, cause: error });
}

/** dockerode's message without its own frame: `(HTTP code 409) unexpected - Conflict. …`. */
function engineWords(message: string, status: number): string {
  return message.replace(/^\(HTTP code \d+\) .*? - /, '').trim() || `it answered HTTP ${status} and gave no reason`;
}
