import { Agent, request } from 'node:http';

/** Milliseconds after which a question counts as unanswered. */
export const PATIENCE = 30_000;

/**
 * Asks a node on this machine: `ask(method, params)` gives the result, or rejects with the node's or the connection's words,
 * `unanswered: true` where time ran out.
 */
export function jsonRpc(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const ask = (method, params = []) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const asked = request({ host: '127.0.0.1', port, method: 'POST', agent, headers, timeout: PATIENCE }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          try {
            const { result, error } = JSON.parse(Buffer.concat(parts).toString());
            if (error) reject(new Error(error.message));
            else resolve(result);
          } catch (notJson) {
            reject(notJson);
          }
        });
      });
      asked.on('timeout', () => asked.destroy(Object.assign(new Error(`no answer within ${PATIENCE / 1000} s`), { unanswered: true })));
      asked.on('error', reject);
      asked.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
    });
  return { ask, close: () => agent.destroy() };
}
