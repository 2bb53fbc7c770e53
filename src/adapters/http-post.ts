import { request } from 'node:http';

/** Why a POST gave no usable body; the words are `Rpc.batch`'s. */
export class PostFailure extends Error {
  readonly kind: 'connect' | 'timeout' | 'http' | 'bad-response';

  constructor(kind: PostFailure['kind'], message: string) {
    super(message);
    this.name = 'PostFailure';
    this.kind = kind;
  }
}

/** More than any answer we ask for; a stranger on the port must not fill our memory. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * POSTs JSON text and gives the body of a 2xx answer, or throws PostFailure. `deadline` (an instant) bounds the whole
 * exchange, not the silence between two packets, and takes the socket with it; no connection outlives the call.
 */
export function postJson(url: string, body: string, deadline: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
    const outgoing = request(url, { method: 'POST', agent: false, headers });

    const end = (failure: PostFailure) => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(failure);
    };
    const timer = setTimeout(
      () => end(new PostFailure('timeout', 'no complete answer by the deadline')),
      Math.max(0, deadline - Date.now()),
    );

    // Docker's port proxy accepts and then resets while nothing listens inside, so a reset before any answer is "connect" too.
    outgoing.on('error', (error) => end(new PostFailure('connect', error.message)));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) end(new PostFailure('bad-response', `the answer is larger than ${MAX_ANSWER_BYTES} bytes`));
        else chunks.push(chunk);
      });
      incoming.on('error', (error) => end(new PostFailure('bad-response', `the answer broke off: ${error.message}`)));
      incoming.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString('utf8');
        const status = incoming.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(text);
        else reject(new PostFailure('http', `HTTP ${status}: ${text.slice(0, 200).split('\n', 1)[0]}`.replace(/: $/, '')));
      });
    });
    outgoing.end(bytes);
  });
}
