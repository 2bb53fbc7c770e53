// node bench/scrape.mjs [SCRAPES]: what a scrape of `nodectl watch --listen` costs beside one of a server that does nothing else, and beside asking geth.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BATCH, bringUp, equivalent, NAME, takeDown } from './bench-node.mjs';
import { manyNodes } from './many-nodes.mjs';
import { ENV } from './rounds.mjs';
import { row, table } from './table.mjs';

const NODECTL = fileURLToPath(new URL('../bin/nodectl', import.meta.url));
/** Nodes of the host and how often they are looked at; Prometheus's own interval for many. */
const CASES = [
  { nodes: 1, interval: 2 },
  { nodes: 10, interval: 2 },
  { nodes: 100, interval: 15 },
];
/** A server of a file, in a process of its own as the exporter is. */
const BARE = `
  const { createServer } = require('node:http');
  const page = require('node:fs').readFileSync(process.argv[1]);
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'content-length': page.length };
  const server = createServer((_asked, answer) => answer.writeHead(200, headers).end(page));
  server.listen(0, '127.0.0.1', () => process.stderr.write('127.0.0.1:' + server.address().port + '/metrics\\n'));
`;

async function measured({ nodes, interval }, scrapes, geth, folder) {
  const socket = join(folder, `${nodes}.sock`);
  const engine = await manyNodes(socket, NAME, nodes);
  const children = [];
  try {
    const words = [NODECTL, 'watch', '--listen', '127.0.0.1:0', '--interval', `${interval}s`];
    const exporter = await serving(words, { ...ENV, DOCKER_HOST: `unix://${socket}` }, children);
    const page = await whole(exporter, nodes);
    const file = join(folder, `${nodes}.txt`);
    writeFileSync(file, page);
    const bare = await serving(['-e', BARE, file], ENV, children);
    const asked = { exporter: () => exchange(exporter), bare: () => exchange(bare), geth: () => exchange(geth, BATCH) };
    const times = { exporter: [], bare: [], geth: [] };
    for (let round = -20; round < scrapes; round++) {
      for (const [name, ask] of Object.entries(asked)) {
        const { milliseconds } = await ask();
        if (round >= 0) times[name].push(milliseconds);
      }
      // So that scrapes meet looks as they come, over several of them.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * ((interval * 4000) / scrapes)));
    }
    const status = readFileSync(`/proc/${children[0].pid}/status`, 'utf8');
    return { ...times, kibibytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]), bytes: page.length };
  } finally {
    for (const child of children) {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    }
    engine.close();
  }
}

/** The page once it tells every node. */
async function whole(exporter, nodes) {
  for (const deadline = Date.now() + 60_000; ; ) {
    const { text } = await exchange(exporter);
    const seen = text.match(/^nodectl_node_state\{.*state="at-head"\} 1$/gm)?.length ?? 0;
    if (seen === nodes) return text;
    if (Date.now() > deadline) throw new Error(`${seen} of ${nodes} nodes are at their head:\n${text.slice(0, 2000)}`);
  }
}

/** Starts a server among `children`, and gives the address that it tells. */
async function serving(words, env, children) {
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let said = '';
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    said += chunk;
    const at = /(127\.0\.0\.1:\d+)\/metrics/.exec(said)?.[1];
    if (at === undefined) continue;
    child.stderr.resume();
    return `http://${at}/metrics`;
  }
  throw new Error(said);
}

const agent = new Agent({ keepAlive: true });

/** One GET, or a POST of JSON, to its last byte. */
function exchange(url, body) {
  const begin = process.hrtime.bigint();
  const options = body === undefined ? { agent } : { agent, method: 'POST', headers: { 'content-type': 'application/json' } };
  return new Promise((resolve, reject) => {
    const asking = request(url, options, async (incoming) => {
      let text = '';
      for await (const chunk of incoming) text += chunk;
      resolve({ text, milliseconds: Number(process.hrtime.bigint() - begin) / 1e6 });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

function quantile(values, part) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
}

/** Rows of the result; a node of the name NAME has to be there. */
export async function scraping(scrapes) {
  const geth = `http://127.0.0.1:${equivalent().port}`;
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-scrape-'));
  const rows = [];
  try {
    for (const one of CASES) {
      const { exporter, bare, geth: rpc, kibibytes, bytes } = await measured(one, scrapes, geth, folder);
      const what = `${one.nodes} node${one.nodes === 1 ? '' : 's'}, a look every ${one.interval} s`;
      rows.push(
        row(`page of ${what}`, bytes / 1024, 'KiB'),
        row('  scrape, median', quantile(exporter, 0.5), 'ms'),
        row('  scrape, p99', quantile(exporter, 0.99), 'ms'),
        row('  the same page by a bare server, p99', quantile(bare, 0.99), 'ms'),
        row('  median / bare', quantile(exporter, 0.5) / quantile(bare, 0.5), 'x'),
        row('  p99 / bare', quantile(exporter, 0.99) / quantile(bare, 0.99), 'x'),
        row('  p99 / one batch of JSON-RPC to geth, p99', quantile(exporter, 0.99) / quantile(rpc, 0.99), 'x'),
        row('  memory of the exporter', kibibytes / 1024, 'MiB'),
      );
    }
    return rows;
  } finally {
    agent.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failure = bringUp();
  if (failure !== undefined) throw new Error(failure);
  try {
    const scrapes = Number(process.argv[2] ?? 1000);
    process.stdout.write(`${table(await scraping(scrapes))}\n\n${scrapes} scrapes each, interleaved; Node ${process.versions.node}\n`);
  } finally {
    takeDown();
  }
}
