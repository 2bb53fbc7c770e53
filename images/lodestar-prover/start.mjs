// A verifying light client as a container's only program: reads its configuration from a file, since addresses may hold
// credentials, follows the beacon chain from the trusted root, and serves what it can prove.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { followBeaconChain } from './beacon-chain.mjs';
import { answer, methods } from './methods.mjs';
import { upstreams } from './upstreams.mjs';
import { verifiedState } from './verified-state.mjs';

const REQUEST_BYTES = 1 << 20;
const BATCH = 100;

const log = (message) => process.stdout.write(`${new Date().toISOString()} ${message}\n`);
const config = readConfig(process.argv[2] ?? '/data/nodectl/light.json');
const execution = upstreams(config.executionRpcs);
const beacon = upstreams(config.beaconApis);

function readConfig(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // Its text may hold a secret, and a parser's message a part of it.
    log(`cannot read ${path}${error.code === undefined ? '' : `: ${error.code}`}`);
    process.exit(1);
  }
}

const light = {
  version: 'nodectl-lodestar-prover/1.23.0',
  chain: undefined,
  state: undefined,
  refused: null,
  report() {
    const told = (header) => (header === undefined ? null : { number: header.number, hash: header.hash, time: header.time });
    return {
      trustedRoot: config.trustedRoot,
      head: told(light.chain?.head()),
      finalized: told(light.chain?.finalized()),
      execution: execution.health(),
      beacon: beacon.health(),
      refused: light.refused,
    };
  },
};
const table = methods(light);

async function respond(body) {
  let asked;
  try {
    asked = JSON.parse(body);
  } catch {
    return { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'no JSON' } };
  }
  if (!Array.isArray(asked)) return answer(asked, table, light);
  if (asked.length === 0 || asked.length > BATCH) {
    return { jsonrpc: '2.0', id: null, error: { code: -32600, message: `a batch has 1 to ${BATCH} calls` } };
  }
  return Promise.all(asked.map((one) => answer(one, table, light)));
}

const server = createServer((request, response) => {
  const chunks = [];
  let size = 0;
  request.on('data', (chunk) => {
    size += chunk.length;
    if (size > REQUEST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('error', () => {});
  request.on('end', async () => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const text = JSON.stringify(await respond(Buffer.concat(chunks).toString('utf8')));
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
});

function stop(signal) {
  log(`${signal}: closing`);
  light.chain?.stop();
  server.close();
  server.closeAllConnections();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

// Browsers and hosts are kept away by the port: it is published on 127.0.0.1 alone.
server.listen(config.port ?? 8545, '0.0.0.0');
log(`asks ${[...execution.health(), ...beacon.health()].map(({ address }) => address).join(', ')}`);
try {
  light.chain = await followBeaconChain({ configText: config.chain, trustedRoot: config.trustedRoot, beacon, log });
  light.state = await verifiedState({ execution, log });
  log(`ready: verified head ${light.chain.head()?.number ?? 'unknown'}`);
} catch (error) {
  log(`cannot begin at ${config.trustedRoot}: ${error.message}`);
  process.exit(1);
}
