import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint.ts';

/** The most we keep of what ssh says when it fails. */
const STDERR_LIMIT = 2_000;

/**
 * One connection to the engine of another host, through the user's own ssh (its configuration, agent and known hosts) and
 * `docker system dial-stdio` there, as docker's command line connects. Fails with code ESSH and ssh's own words.
 */
export function connectSsh(endpoint: Extract<Endpoint, { kind: 'ssh' }>, env: NodeJS.ProcessEnv): Duplex {
  const child = spawn('ssh', sshArguments(endpoint), { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly { ref?(): void; unref?(): void }[];
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-STDERR_LIMIT);
  });

  const duplex = new Duplex({
    read: () => child.stdout.resume(),
    // A failed write tells nothing; the end of ssh, which follows, tells why.
    write: (chunk, _encoding, done) => child.stdin.write(chunk, (error) => error ?? done()),
    final: (done) => child.stdin.end(done),
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (!duplex.push(chunk)) child.stdout.pause();
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => duplex.destroy(sshFailure(error.message)));
  child.on('close', (code) => {
    if (code === 0) duplex.push(null);
    else duplex.destroy(sshFailure(said.trim() || `ssh ended with code ${code}`));
  });
  // What an HTTP agent asks of a socket that it keeps for later.
  return Object.assign(duplex, {
    setKeepAlive: () => duplex,
    setNoDelay: () => duplex,
    setTimeout: () => duplex,
    ref: () => each(handles, 'ref', duplex),
    unref: () => each(handles, 'unref', duplex),
  });
}

function sshArguments(endpoint: Extract<Endpoint, { kind: 'ssh' }>): string[] {
  return [
    '-o',
    'ConnectTimeout=10',
    // Without a terminal of its own a password prompt would hang for ever.
    '-o',
    'BatchMode=yes',
    '-T',
    ...(endpoint.user === undefined ? [] : ['-l', endpoint.user]),
    ...(endpoint.port === undefined ? [] : ['-p', String(endpoint.port)]),
    '--',
    endpoint.host,
    'docker system dial-stdio',
  ];
}

function each(handles: readonly { ref?(): void; unref?(): void }[], method: 'ref' | 'unref', duplex: Duplex): Duplex {
  for (const handle of handles) handle[method]?.();
  return duplex;
}

function sshFailure(words: string): Error {
  return Object.assign(new Error(words), { code: 'ESSH' });
}
