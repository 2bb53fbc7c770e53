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

/** The node's container as the engine made it: what a person would have to type for a bare `docker run`. */
export function inspect() {
  const [container] = JSON.parse(run('docker', ['inspect', `nodectl-${NAME}`]).stdout);
  return {
    image: container.Image,
    args: container.Config.Cmd,
    port: Number(Object.values(container.HostConfig.PortBindings)[0][0].HostPort),
    mount: container.Mounts[0].Destination,
  };
}

/** The person's way: `docker run` of the same image with the same words, then asking until JSON-RPC answers. */
export async function bareRun({ image, args, port, mount }) {
  const name = `${NAME}-bare`;
  const limits = ['--memory', '1g', '--memory-swap', '1g', '--cpus', '1'];
  const begin = process.hrtime.bigint();
  const { ok, stderr } = run('docker', [
    'run',
    '-d',
    '--name',
    name,
    ...limits,
    '-p',
    `127.0.0.1:${port}:8545`,
    '-v',
    `${name}:${mount}`,
    image,
    ...args,
  ]);
  if (!ok) throw new Error(stderr);
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 10));
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
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
