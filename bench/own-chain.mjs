import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { ENV } from './rounds.mjs';

const CODE = 24_576;
/** Puts what follows it into the state: PUSH2 length, DUP1, PUSH1 12, PUSH1 0, CODECOPY, PUSH1 0, RETURN. */
const STORE = '61600080600c6000396000f3';
const WAITING = 100;
/** Arguments of geth for a dev chain that takes them all. */
export const ROOMY = ['--dev.period', '1', '--dev.gaslimit', '1000000000'];

/** Creates so many contracts of 24 KiB, which nothing compresses, on a dev chain that has none yet. */
export async function fillChain(port, contracts) {
  const [[from]] = await ask(port, [['eth_accounts', []]]);
  for (let sent = 0; ; ) {
    const [{ pending, queued }] = await ask(port, [['txpool_status', []]]);
    const open = Number(pending) + Number(queued);
    if (sent >= contracts && open === 0) return;
    const more = Math.min(WAITING - open, contracts - sent);
    const creations = Array.from({ length: Math.max(0, more) }, (_, at) => {
      const data = `0x${STORE}00${randomBytes(CODE - 1).toString('hex')}`;
      return ['eth_sendTransaction', [{ from, gas: '0x600000', nonce: `0x${(sent + at).toString(16)}`, data }]];
    });
    if (creations.length > 0) await ask(port, creations);
    sent += creations.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The blocks of a chain in a folder, whose geth has ended, as files beside each other: `blocks` and `genesis.json`. */
export function exportChain(image, chain, folder) {
  run(image, [`${chain}:/data`, `${folder}:/out`], '--datadir', '/data', 'export', '/out/blocks');
  return run(image, [`${chain}:/data`], '--datadir', '/data', 'dumpgenesis');
}

/** A geth that is run to its end on folders of this machine; what it printed. */
export function run(image, binds, ...words) {
  const where = binds.flatMap((bind) => ['-v', bind]);
  const all = ['run', '--rm', '--network', 'none', '--user', '1000:1000', ...where, image, ...words];
  const { status, stdout, stderr } = spawnSync('docker', all, { env: ENV, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`docker ${all.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout;
}

function ask(port, calls) {
  const body = JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params })));
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answers = JSON.parse(Buffer.concat(chunks).toString());
        const refused = answers.find(({ error }) => error !== undefined);
        if (refused !== undefined) reject(new Error(refused.error.message));
        else resolve(answers.map(({ result }) => result));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
