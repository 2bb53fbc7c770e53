import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { ENV } from './rounds.mjs';

const NODECTL = new URL('../bin/nodectl', import.meta.url).pathname;
export const NAME = `bench-${process.pid}`;
const UP = ['up', '--network', 'dev', '--name', NAME, '--memory', '1G', '--swap', '0', '--cpus', '1', '--port', 'auto', '--yes', '--json'];

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { ok: status === 0, stdout, stderr: error ? String(error) : stderr };
}

/** Brings the benchmark's node up; what stood in the way when it does not come. */
export function bringUp() {
  const { ok, stderr } = run(NODECTL, UP);
  return ok ? undefined : stderr.trim();
}

export function takeDown() {
  run(NODECTL, ['down', NAME, '--volumes', '--yes']);
}

/** The node's RPC port, and the `docker run` line that nodectl itself calls equivalent: a person would have to type it. */
export function equivalent() {
  const { spec, dockerRun } = JSON.parse(run(NODECTL, [...UP, '--dry-run']).stdout);
  return { port: spec.ports.http, dockerRun };
}

/** Milliseconds after which a node that does not answer is a failure of the benchmark. */
const DEADLINE = 60_000;

/** The person's way, with the same limits, user, image and fresh volume: `docker run`, then asking until JSON-RPC answers. */
export async function bareRun({ port, dockerRun }) {
  const name = `${NAME}-bare`;
  const begin = process.hrtime.bigint();
  const elapsed = () => Number(process.hrtime.bigint() - begin) / 1e6;
  const { ok, stderr } = run('sh', ['-c', dockerRun.replaceAll(`nodectl-${NAME}`, name)]);
  if (!ok) throw new Error(stderr);
  while (!(await answers(port))) {
    if (elapsed() > DEADLINE) throw new Error(`The bare container did not answer within ${DEADLINE / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const milliseconds = elapsed();
  run('docker', ['rm', '-f', name]);
  run('docker', ['volume', 'rm', name]);
  return milliseconds;
}

/** nodectl's way to the same point; stopping afterwards does not count. */
export function nodectlUp() {
  const begin = process.hrtime.bigint();
  const failure = bringUp();
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (failure !== undefined) throw new Error(failure);
  takeDown();
  return milliseconds;
}

export const BATCH = JSON.stringify(
  ['eth_syncing', 'eth_blockNumber', 'net_peerCount', 'eth_chainId', 'web3_clientVersion'].map((method, id) => ({
    jsonrpc: '2.0',
    id,
    method,
    params: [],
  })),
);

function answers(port) {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
    });
    asked.on('error', () => resolve(false));
    asked.end(BATCH);
  });
}
