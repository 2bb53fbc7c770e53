import { type ClientRequest, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Web, WebAnswer, WebFailureKind } from '../ports/web.ts';

/** Node's words for a certificate that does not verify, beside those that begin with ERR_TLS. */
const CERTIFICATE_CODES = /^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|ERR_SSL|EPROTO)/;

/** Other people's servers over node's own HTTP; user and password of an address become a header and are told to nobody. */
export function httpWeb(): Web {
  return { ask };
}

const ask: Web['ask'] = (url, { deadline, maxBytes, body, accept }) =>
  new Promise<WebAnswer>((resolve) => {
    const target = new URL(url);
    const credentials = target.username === '' && target.password === '' ? undefined : `${target.username}:${target.password}`;
    const sent = body === undefined ? undefined : Buffer.from(body);
    const options: RequestOptions = {
      method: sent === undefined ? 'GET' : 'POST',
      agent: false,
      headers: {
        accept: accept ?? 'application/json',
        'user-agent': 'nodectl',
        ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': sent.length }),
      },
      ...(credentials === undefined ? {} : { auth: decodeURIComponent(credentials) }),
    };
    target.username = '';
    target.password = '';
    const begin = target.protocol === 'https:' ? tlsRequest : plainRequest;
    const outgoing: ClientRequest = begin(target, options);
    const end = (answer: WebAnswer) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(answer);
    };
    const fail = (failure: WebFailureKind, message: string) => end({ failure, message });
    const timer = setTimeout(() => fail('timeout', 'no complete answer in time'), Math.max(0, deadline - Date.now()));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? '';
      if (CERTIFICATE_CODES.test(code)) fail('tls', `its certificate does not verify (${code})`);
      else fail('connect', code === '' ? 'the connection failed' : `the connection failed (${code})`);
    });
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 0;
      if (status >= 300 && status < 400) return fail('redirect', `it redirects elsewhere (HTTP ${status})`);
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) fail('too-large', `its answer is larger than ${maxBytes} bytes`);
        else chunks.push(chunk);
      });
      incoming.on('error', () => fail('broken-off', 'its answer broke off'));
      incoming.on('end', () => {
        const said = Date.parse(incoming.headers.date ?? '');
        end({
          status,
          contentType: incoming.headers['content-type'] ?? '',
          body: Buffer.concat(chunks),
          serverTime: Number.isNaN(said) ? undefined : said,
        });
      });
    });
    outgoing.end(sent);
  });
