import { setMaxListeners } from 'node:events';
import { type ClientRequest, type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { TcpSocketConnectOpts } from 'node:net';
import type { Web, WebAnswer, WebFailureKind, WebOptions } from '../ports/web.ts';

/** Node's words for a certificate that does not verify. */
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;
/** No TLS at all, or none that both sides know. */
const TLS = /^(?:ERR_TLS|ERR_SSL|EPROTO)/;

/** Of a host with several addresses; Node's own 250 ms gives up on every one of them where the line is slow. */
const NEXT_ADDRESS_AFTER_MS = 2500;

/** Other people's servers over Node's own HTTP; user and password of an address become a header and are told to nobody. */
export function httpWeb(): Web {
  return { ask: (url, options) => new Promise((resolve) => exchange(new URL(url), options, resolve)) };
}

function exchange(
  target: URL,
  { deadline, maxBytes, body, contentType, accept, signal }: WebOptions,
  resolve: (answer: WebAnswer) => void,
): void {
  const outgoing = begin(target, body, contentType ?? 'application/json', accept ?? 'application/json');
  const end = (answer: WebAnswer) => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupted);
    outgoing.destroy();
    resolve(answer);
  };
  const fail = (failure: WebFailureKind, message: string) => end({ failure, message });
  const interrupted = () => fail('interrupted', 'nodectl was interrupted');
  const timer = setTimeout(() => fail('timeout', 'it gave no complete answer in time'), Math.max(0, deadline - Date.now()));
  // Dozens of questions may wait on the one signal of the whole run.
  if (signal !== undefined) setMaxListeners(0, signal);
  signal?.addEventListener('abort', interrupted);
  if (signal?.aborted === true) interrupted();

  outgoing.on('error', (error: NodeJS.ErrnoException) => end(failureOf(error.code ?? '')));
  // Only a server that was not asked to change its protocol does this; Node would say nothing more.
  outgoing.on('upgrade', () => fail('broken-off', 'it answers in another protocol'));
  outgoing.on('response', (incoming) => {
    const status = incoming.statusCode ?? 0;
    if (status >= 300 && status < 400) return fail('redirect', `it redirects elsewhere (HTTP ${status})`);
    const tooLarge = () => fail('too-large', `its answer is larger than ${maxBytes} bytes`);
    if (Number(incoming.headers['content-length']) > maxBytes) return tooLarge();
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) tooLarge();
      else chunks.push(chunk);
    });
    incoming.on('error', () => fail('broken-off', 'its answer broke off'));
    incoming.on('end', () => end(answerOf(incoming, Buffer.concat(chunks))));
  });
  outgoing.end(body);
}

function begin(target: URL, body: string | undefined, contentType: string, accept: string): ClientRequest {
  const options: RequestOptions & Pick<TcpSocketConnectOpts, 'autoSelectFamilyAttemptTimeout'> = {
    method: body === undefined ? 'GET' : 'POST',
    agent: false,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    headers: {
      accept,
      'user-agent': 'nodectl',
      ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
    },
    ...(target.username === '' && target.password === '' ? {} : { auth: `${decoded(target.username)}:${decoded(target.password)}` }),
  };
  const bare = new URL(target);
  bare.username = '';
  bare.password = '';
  return (target.protocol === 'https:' ? tlsRequest : plainRequest)(bare, options);
}

/** A `%` in a password that begins no escape is itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function failureOf(code: string): WebAnswer {
  const word = code === '' ? '' : ` (${code})`;
  if (CERTIFICATE.test(code)) return { failure: 'tls', message: `its certificate does not verify${word}` };
  if (TLS.test(code)) return { failure: 'tls', message: `no TLS connection came about${word}` };
  if (code.startsWith('HPE_')) return { failure: 'broken-off', message: `its answer is not HTTP${word}` };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { failure: 'connect', message: `its host name is not known${word}` };
  return { failure: 'connect', message: `the connection failed${word}` };
}

function answerOf(incoming: IncomingMessage, body: Buffer): WebAnswer {
  const said = Date.parse(incoming.headers.date ?? '');
  return {
    status: incoming.statusCode ?? 0,
    contentType: incoming.headers['content-type'] ?? '',
    body,
    serverTime: Number.isNaN(said) ? undefined : said,
  };
}
