import { createServer } from 'node:net';
import { program } from './program.mjs';
import { loadFlags } from './versions.mjs';

const docker = (...words) => program('docker', words);

/** What a person types: the limits for docker, and geth as it comes. */
function plain({ name, port, image, geth, memory, swap }) {
  const limits = ['-m', memory.word, '--memory-swap', String(memory.bytes + swap.bytes), '--cpus', '1'];
  const words = ['--dev', '--datadir', '/data', '--http', '--http.addr', '0.0.0.0', ...loadFlags(geth)];
  const start = () =>
    docker('run', '-d', '--name', name, ...limits, '-v', `${name}:/data`, '-p', `127.0.0.1:${port}:8545`, image, ...words);
  return { container: name, start };
}

/** The same limits, left to nodectl. */
function byNodectl({ name, port, geth, memory, swap, nodectl }) {
  const limits = ['--memory', memory.word, '--swap', swap.word, '--cpus', '1'];
  const node = ['--network', 'dev', '--name', name, '--geth-version', geth, '--image-source', 'build', '--port', String(port)];
  const start = () => nodectl('up', ...node, ...limits, '--timeout', '90s', '--yes', '--json', '--', ...loadFlags(geth));
  return { container: `nodectl-${name}`, start };
}

const WAYS = { plain, nodectl: byNodectl };
const taken = new Set();

/** A node of a run: `start()` it, `look()` at it, `remove()` it with its volume, whether or not it came to be. */
export async function nodeOf(job, { name, image, nodectl }) {
  const port = await freePort();
  const { container, start } = WAYS[job.way]({ ...job, name, port, image, nodectl });
  return {
    port,
    start,
    look: async () => {
      const [{ Id, State, RestartCount }] = JSON.parse(await docker('inspect', container));
      const { Pid, Running, OOMKilled, ExitCode } = State;
      return { id: Id, pid: Pid, oomKilled: OOMKilled, exitCode: Running ? undefined : ExitCode, restarts: RestartCount };
    },
    remove: async () => {
      await docker('rm', '-f', '-v', container).catch(absent);
      await docker('volume', 'rm', '-f', container).catch(absent);
      taken.delete(port);
    },
  };
}

function absent(error) {
  if (!/no such/i.test(error.message)) throw error;
}

/** A free port whose successor is free too, below the range from which the kernel takes ports of its own. */
async function freePort() {
  for (let port = 21_000; port < 30_000; port += 2) {
    if (taken.has(port)) continue;
    taken.add(port);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
    taken.delete(port);
  }
  throw new Error('No port from 21000 to 30000 is free.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
