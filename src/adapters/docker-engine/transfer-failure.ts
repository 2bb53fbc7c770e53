import { type ErrorCode, NodectlError } from '../../errors.ts';

/** What a failed transfer means for the next move. */
export interface TransferFailure {
  readonly code: ErrorCode;
  /** `again`: likely gone in a moment; `elsewhere`: this registry cannot be had from here, but a build may help; `final`: neither. */
  readonly remedy: 'again' | 'elsewhere' | 'final';
  readonly hint?: string;
}

interface FailureRow extends TransferFailure {
  readonly words: RegExp;
}

/** The engine's words → what they mean; the first row that fits wins. Words of Docker 20.10 to 28.5, with either image store. */
const FAILURES: readonly FailureRow[] = [
  { words: /no space left on device|disk quota exceeded/i, code: 'DISK_FULL', remedy: 'final' },
  {
    words: /no matching manifest for|no match for platform|does not match the specified platform/i,
    code: 'IMAGE_WRONG_ARCHITECTURE',
    remedy: 'final',
  },
  {
    words: /pull access denied|repository does not exist/i,
    code: 'NO_SUCH_IMAGE',
    remedy: 'final',
    hint: 'Check the reference and its spelling; for a private image, `docker login` first.',
  },
  {
    words: /toomanyrequests|too many requests|rate limit/i,
    code: 'IMAGE_PULL_FAILED',
    remedy: 'elsewhere',
    hint: 'Wait, `docker login` for a higher limit, or build it: --image-source build.',
  },
  {
    words: /unauthorized|authentication required|no basic auth|access to the resource is denied|^denied\b/i,
    code: 'IMAGE_PULL_FAILED',
    remedy: 'final',
    hint: 'Log in with `docker login REGISTRY`, then try again.',
  },
  {
    words: /server gave HTTP response to HTTPS client/i,
    code: 'IMAGE_PULL_FAILED',
    remedy: 'final',
    hint: 'The registry speaks plain HTTP: list it under insecure-registries in /etc/docker/daemon.json.',
  },
  { words: /invalid reference format/i, code: 'NO_SUCH_IMAGE', remedy: 'final' },
  {
    words:
      /no such host|lookup .* on |server misbehaving|name resolution|connection refused|no route to host|network is unreachable|dial tcp|proxyconnect|\b403\b|forbidden|x509|certificate/i,
    code: 'IMAGE_PULL_FAILED',
    remedy: 'elsewhere',
  },
  { words: /manifest unknown|manifest for .* not found|name unknown|not found/i, code: 'NO_SUCH_IMAGE', remedy: 'final' },
  {
    words:
      /EOF|connection reset|broken pipe|TLS handshake timeout|i\/o timeout|Client\.Timeout|deadline exceeded|unexpected (http )?status|received unexpected HTTP status|\b50[0-9]\b|http2: /i,
    code: 'IMAGE_PULL_FAILED',
    remedy: 'again',
  },
];

/** Judges the engine's words on a failed pull or load; words that no row knows are `code` and final. */
export function judgeTransfer(words: string, code: ErrorCode): TransferFailure {
  return FAILURES.find((row) => row.words.test(words)) ?? { code, remedy: 'final' };
}

/** The engine's words out of whatever the request failed with; undefined when the engine itself stopped answering. */
export function engineWords(error: unknown): string | undefined {
  const { statusCode, message = '' } = error as { statusCode?: number; message?: string };
  return statusCode === undefined ? undefined : message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
}

/** The engine went away in the middle of a transfer. */
export function engineGone(purpose: string, cause: unknown): NodectlError {
  const { code, message } = cause as { code?: string; message?: string };
  return new NodectlError(
    'ENGINE_UNREACHABLE',
    `The Docker engine stopped answering: could not ${purpose} (${code ?? message ?? 'no reason'}).`,
    {
      hint: 'See whether the engine runs (`docker info`), then run the same command again.',
      cause,
    },
  );
}
