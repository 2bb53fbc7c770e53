// node bench/many-status.mjs [ROUNDS]: whether `nodectl status` of one node takes longer where a host has many.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringUp, NAME, takeDown } from './bench-node.mjs';
import { manyNodes } from './many-nodes.mjs';
import { ENV, medians } from './rounds.mjs';
import { row, table } from './table.mjs';

const NODECTL = fileURLToPath(new URL('../bin/nodectl', import.meta.url));
const COUNTS = [1, 10, 100];

/** Not waited for in the manner of `time`: the engine of many nodes answers from this very process. */
async function status(socket) {
  const begin = process.hrtime.bigint();
  const env = { ...ENV, DOCKER_HOST: `unix://${socket}` };
  const child = spawn(process.execPath, [NODECTL, 'status', `${NAME}-0`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`nodectl status ended with ${code}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** Rows of the result; a node of the name NAME has to be there. */
export async function statusAmongMany(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-status-'));
  const engines = [];
  try {
    const cases = {};
    for (const count of COUNTS) {
      const socket = join(folder, `${count}.sock`);
      engines.push(await manyNodes(socket, NAME, count));
      cases[count] = () => status(socket);
    }
    const ms = await medians(cases, rounds);
    return [
      row('nodectl status of the one node', ms[1], 'ms'),
      row('  of one among 10 / the one', ms[10] / ms[1], 'x', 1.1),
      row('  of one among 100 / the one', ms[100] / ms[1], 'x', 1.1),
    ];
  } finally {
    for (const engine of engines) engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failure = bringUp();
  if (failure !== undefined) throw new Error(failure);
  try {
    const rounds = Number(process.argv[2] ?? 15);
    process.stdout.write(`${table(await statusAmongMany(rounds))}\n\n${rounds} rounds, interleaved; Node ${process.versions.node}\n`);
  } finally {
    takeDown();
  }
}
