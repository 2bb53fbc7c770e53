import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postJson } from '../../src/adapters/http-post.ts';
import { DATA_DIRECTORY, HTTP_PORT, P2P_PORT, WS_PORT } from '../../src/node/container-paths.ts';

/** A machine that does other work too. */
const DEADLINE_MS = 90_000;
const SETTLED_MS = 150;

/** Where the words of a container come true without one. */
export interface Place {
  readonly folder: string;
  readonly ports: Readonly<Record<'http' | 'ws' | 'p2p' | 'engine', number>>;
}

export interface Ended {
  /** 128 and more for a signal. */
  readonly exitCode: number;
  readonly output: string;
}

/** Works in an empty folder with free ports, which is gone afterwards. */
export async function inPlace<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-cell-'));
  try {
    return await work(await makePlace(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function makePlace(folder: string): Promise<Place> {
  mkdirSync(join(folder, 'data'));
  return { folder, ports: { http: await freePort(), ws: await freePort(), p2p: await freePort(), engine: await freePort() } };
}

/** The words with the container's folder and ports replaced by the place's, and nothing else. */
export function mapped(words: readonly string[], { folder, ports }: Place): readonly string[] {
  const known: Readonly<Record<string, string>> = {
    '0.0.0.0': '127.0.0.1',
    [HTTP_PORT]: String(ports.http),
    [WS_PORT]: String(ports.ws),
    [P2P_PORT]: String(ports.p2p),
  };
  return words.map(
    (word) =>
      known[word] ??
      (word === DATA_DIRECTORY || word.startsWith(`${DATA_DIRECTORY}/`) ? join(folder, 'data', word.slice(DATA_DIRECTORY.length)) : word),
  );
}

/** Starts a binary with words already mapped; whatever it says goes to one file, in the order it says it. */
function startGeth(binary: string, words: readonly string[], env: Readonly<Record<string, string>>, { folder }: Place) {
  const path = join(folder, 'log');
  const log = openSync(path, 'w');
  const child = spawn(binary, words, { cwd: folder, env: { HOME: folder, PATH: '/usr/bin:/bin', ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)));
  });
  return { child, ended, read: () => readFileSync(path, 'utf8') };
}

/** Runs a binary to its own end; killed, and so failed with 137, at the deadline. */
export async function runGeth(
  binary: string,
  words: readonly string[],
  place: Place,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, ended, read } = startGeth(binary, words, env, place);
  return { exitCode: await orKill(child, ended, DEADLINE_MS / 3), output: read() };
}

/**
 * Waits for the chain id over HTTP, and for the first block where the node makes them, then ends geth by SIGTERM. The
 * chain id is undefined when geth ended before it answered.
 */
export async function visitGeth(
  binary: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  place: Place,
  makesBlocks = false,
) {
  const { child, ended, read } = startGeth(binary, words, env, place);
  const deadline = Date.now() + DEADLINE_MS;
  let [chainId, head]: (number | undefined)[] = [];
  while ((chainId === undefined || (makesBlocks && !head)) && child.exitCode === null && Date.now() < deadline) {
    chainId = await ask('eth_chainId', place.ports.http);
    if (makesBlocks) head = await ask('eth_blockNumber', place.ports.http);
    await pause(40);
  }
  await untilListening(child, read, deadline);
  child.kill('SIGTERM');
  return { chainId, head, exitCode: await orKill(child, ended, DEADLINE_MS), output: read() };
}

/** Geth answers before it listens to signals, and says nothing of the latter but what it does last before it. */
async function untilListening(child: ChildProcess, read: () => string, deadline: number): Promise<void> {
  const since = Date.now();
  while (child.exitCode === null && Date.now() < deadline) {
    const waited = Date.now() - since;
    // The version is left out: an older one has no such line and is waited for as long as a newer one may take.
    if (waited > SETTLED_MS && (/Started log indexer/.test(read()) || waited > 2 * SETTLED_MS)) return;
    await pause(40);
  }
}

async function ask(method: string, port: number): Promise<number | undefined> {
  try {
    const question = { jsonrpc: '2.0', id: 1, method, params: [] };
    const answer = JSON.parse(await postJson(`http://127.0.0.1:${port}`, JSON.stringify(question), Date.now() + 5_000));
    return Number(answer.result);
  } catch {
    return undefined;
  }
}

async function orKill(child: ChildProcess, ended: Promise<number>, after: number): Promise<number> {
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  return ended.finally(() => clearTimeout(timer));
}

/** Below the ports that the kernel gives to outgoing connections; another run on this machine begins elsewhere. */
let nextPort = 12_000 + (process.pid % 500) * 40;

async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort;
    nextPort = port >= 32_000 ? 12_000 : port + 1;
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
