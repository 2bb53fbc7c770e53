// The servers of other people that a light client asks: one after the other until one answers well, each within bounds. What an
// address holds beyond scheme, host and port may be a secret and is never told.
import http from 'node:http';
import https from 'node:https';

const ANSWER_MS = 8_000;
/** A server that lied is told as a liar for so long, whatever it answers meanwhile. */
const LIAR_MS = 10 * 60_000;

/** @param {string} url */
export function shownAddress(url) {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** The asked path below an address that may have a path and a query of its own. */
export function below(url, path) {
  const target = new URL(url);
  const [pathname, query] = path.split('?');
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${pathname}`;
  if (query !== undefined) target.search = target.search === '' ? query : `${target.search}&${query}`;
  return target;
}

/**
 * A list of servers of one kind. `ask` gives what the first of them answers that `judge` takes; a server that fails, or whose
 * answer is refused, is noted in `health` and the next one is asked. What throws in `judge` is that server's falsehood.
 */
export function upstreams(urls) {
  const rows = urls.map((url) => ({ address: shownAddress(url), answers: null, liedAt: null, problem: null }));
  let first = 0;
  async function ask({ path, body, maxBytes }, judge) {
    let problem = new Error('no server is named');
    for (let turn = 0; turn < urls.length; turn++) {
      const index = (first + turn) % urls.length;
      const row = rows[index];
      let answer;
      try {
        answer = await exchange(path === undefined ? new URL(urls[index]) : below(urls[index], path), body, maxBytes);
      } catch (error) {
        problem = error;
        Object.assign(row, { answers: false, problem: error.message });
        continue;
      }
      try {
        const result = await judge(answer);
        Object.assign(row, { answers: true, problem: null });
        first = index;
        return result;
      } catch (error) {
        problem = error;
        Object.assign(row, { answers: true, problem: error.message });
        if (error instanceof Falsehood) row.liedAt = Date.now();
      }
    }
    throw problem;
  }
  const health = () => rows.map(({ liedAt, ...row }) => ({ ...row, lies: liedAt !== null && Date.now() - liedAt < LIAR_MS }));
  return { health, ask };
}

/** An answer that its proof does not bear. */
export class Falsehood extends Error {}

/** One exchange in JSON; redirects are not followed. */
function exchange(target, body, maxBytes) {
  return new Promise((resolve, reject) => {
    const credentials = target.username === '' && target.password === '' ? undefined : `${target.username}:${target.password}`;
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    target.username = '';
    target.password = '';
    const begin = target.protocol === 'https:' ? https.request : http.request;
    const outgoing = begin(target, {
      method: sent === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        'user-agent': 'nodectl',
        ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': sent.length }),
      },
      ...(credentials === undefined ? {} : { auth: decodeURIComponent(credentials) }),
    });
    const timer = setTimeout(() => fail('no complete answer in time'), ANSWER_MS);
    const fail = (message) => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(new Error(message));
    };
    // Node's own message may name the whole address.
    outgoing.on('error', (error) => fail(`the connection failed (${error.code ?? 'unknown'})`));
    outgoing.on('response', (incoming) => {
      const chunks = [];
      let size = 0;
      incoming.on('data', (chunk) => {
        size += chunk.length;
        if (size > maxBytes) fail(`its answer is larger than ${maxBytes} bytes`);
        else chunks.push(chunk);
      });
      incoming.on('error', () => fail('its answer broke off'));
      incoming.on('end', () => {
        clearTimeout(timer);
        if (incoming.statusCode !== 200) return reject(new Error(`HTTP ${incoming.statusCode}`));
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        } catch {
          reject(new Error('its answer is no JSON'));
        }
      });
    });
    outgoing.end(sent);
  });
}
