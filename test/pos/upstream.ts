import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** An answer that was taken whole. */
export interface TakenAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Everything a request carries. */
export async function readBody(incoming: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Asks the server behind and gives its answer as it comes, without a word changed: also events without end. */
export async function passOn(upstream: string, incoming: IncomingMessage, body: string, outgoing: ServerResponse): Promise<void> {
  const answer = await ask(upstream, incoming, body, {}, outgoing);
  const { connection: _, 'keep-alive': __, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, headers);
  outgoing.flushHeaders();
  answer.pipe(outgoing);
}

/** Asks the server behind for JSON and takes the whole answer. */
export async function take(upstream: string, incoming: IncomingMessage, body: string, outgoing: ServerResponse): Promise<TakenAnswer> {
  const answer = await ask(upstream, incoming, body, JSON_ALONE, outgoing);
  return { status: answer.statusCode ?? 502, type: answer.headers['content-type'] ?? 'application/json', text: await readBody(answer) };
}

/** Asks the server behind and gives its answer as `change` makes it, whatever it is. */
export async function passChanged(
  upstream: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  change: (content: Uint8Array) => Uint8Array,
): Promise<void> {
  const answer = await ask(upstream, incoming, '', { 'accept-encoding': 'identity' }, outgoing);
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, 'content-length': ____, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, headers);
  outgoing.end(change(Buffer.concat(chunks)));
}

/** Asks for events and gives each line of them, as `change` makes it, until one of both sides ends. */
export async function passLines(
  upstream: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  change: (line: string) => string | undefined,
): Promise<void> {
  const answer = await ask(upstream, incoming, '', {}, outgoing);
  outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? 'text/event-stream' });
  outgoing.flushHeaders();
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const changed = change(line);
      if (changed !== undefined) outgoing.write(`${changed}\n`);
    }
  }
  outgoing.end();
}

/** A light client that prefers SSZ would get what no lie can be told in; and compressed is the same. */
const JSON_ALONE = { accept: 'application/json', 'accept-encoding': 'identity' };

function ask(
  upstream: string,
  { method, url = '/', headers }: IncomingMessage,
  body: string,
  other: Readonly<Record<string, string>>,
  outgoing: ServerResponse,
): Promise<IncomingMessage> {
  const { host: _, 'content-length': __, 'transfer-encoding': ___, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const asking = request(
      new URL(url, upstream),
      { method, headers: { ...kept, ...other, 'content-length': Buffer.byteLength(body) } },
      resolve,
    );
    asking.on('error', reject);
    outgoing.on('close', () => asking.destroy());
    asking.end(body);
  });
}
