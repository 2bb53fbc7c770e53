import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import { errorOfPromise } from '../../error-code.ts';
import { requires } from '../../require.ts';
import { listenAnywhere, listenAt, stubEngine } from './stub-engine.ts';

let folder: string;
let servers: Server[];
const openssl = await requires('openssl');
const root = await requires('root');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodectl-test-'));
  servers = [];
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

const served = (server: Server): Server => {
  servers.push(server);
  return server;
};

describe('an engine on a unix socket', () => {
  it('that is not there is unreachable', async () => {
    expect(await errorOfPromise(open(`unix://${folder}/absent.sock`))).toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      facts: { endpoint: `unix://${folder}/absent.sock` },
    });
  });

  it('that nobody listens on is not running', async () => {
    const path = join(folder, 'live.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    linkSync(path, join(folder, 'dead.sock'));
    server.close();
    expect((await errorOfPromise(open(`unix://${folder}/dead.sock`))).code).toBe('ENGINE_NOT_RUNNING');
  });

  it.skipIf(!root)('that we may not open wants permission', async () => {
    const path = join(folder, 'closed.sock');
    await listenAt(served(stubEngine('1.47')), path);
    chmodSync(path, 0o600);
    chmodSync(folder, 0o755);
    process.seteuid?.(65534);
    const error = await errorOfPromise(open(`unix://${path}`)).finally(() => process.seteuid?.(0));
    expect(error.code).toBe('ENGINE_NO_PERMISSION');
  });

  it('that is older than 20.10 is too old', async () => {
    await listenAt(served(stubEngine('1.40')), join(folder, 'old.sock'));
    expect((await errorOfPromise(open(`unix://${folder}/old.sock`))).code).toBe('ENGINE_TOO_OLD');
  });

  it('that is something else is unreachable', async () => {
    await listenAt(served(stubEngine(undefined)), join(folder, 'web.sock'));
    expect((await errorOfPromise(open(`unix://${folder}/web.sock`))).code).toBe('ENGINE_UNREACHABLE');
  });

  it.each([
    ['1.41', '/v1.41/'],
    ['1.45', '/v1.45/'],
    ['1.56', '/v1.47/'],
  ])('that offers API %s is asked at %s', async (offered, prefix) => {
    const asked: string[] = [];
    const server = stubEngine(offered, (request, response) => {
      asked.push(request.url ?? '');
      response.end('[]');
    });
    await listenAt(served(server), join(folder, 'some.sock'));
    const engine = await open(`unix://${folder}/some.sock`);
    await engine.list();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.startsWith(prefix)).toBe(true);
  });

  it('that dies in the middle of an answer is an error, not silence', async () => {
    const server = stubEngine('1.47', (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"Status');
      setImmediate(() => response.destroy());
    });
    await listenAt(served(server), join(folder, 'dying.sock'));
    const engine = await open(`unix://${folder}/dying.sock`);
    expect((await errorOfPromise(engine.waitForExit('x'))).code).toBe('ENGINE_UNREACHABLE');
    const logs = engine.logs('x', { follow: true })[Symbol.asyncIterator]();
    expect((await errorOfPromise(logs.next())).code).toBe('ENGINE_UNREACHABLE');
  });
});

describe('an engine on another host', () => {
  it('that refuses is unreachable', async () => {
    const server = stubEngine('1.47');
    const port = await listenAnywhere(server);
    server.close();
    expect((await errorOfPromise(open(`tcp://127.0.0.1:${port}`))).code).toBe('ENGINE_UNREACHABLE');
  });

  it('answers over plain TCP', async () => {
    const port = await listenAnywhere(served(stubEngine('1.47', (_request, response) => response.end('[]'))));
    expect(await (await open(`tcp://127.0.0.1:${port}`)).list()).toEqual([]);
  });

  it.skipIf(!openssl)('answers over TLS to a client with the right certificates, and to no other', async () => {
    certificates();
    const tls = { key: pem('key'), cert: pem('cert'), ca: pem('ca'), requestCert: true, rejectUnauthorized: true };
    const port = await listenAnywhere(served(stubEngine('1.47', (_request, response) => response.end('[]'), tls)));
    const env = { DOCKER_CERT_PATH: folder, DOCKER_TLS_VERIFY: '1' };
    expect(await (await open(`tcp://127.0.0.1:${port}`, env)).list()).toEqual([]);
    expect((await errorOfPromise(open(`tcp://127.0.0.1:${port}`))).code).toBe('ENGINE_UNREACHABLE');
    expect((await errorOfPromise(open(`tcp://127.0.0.1:${port}`, { ...env, DOCKER_CERT_PATH: withoutAuthority() }))).code).toBe(
      'ENGINE_UNREACHABLE',
    );
  });

  it('answers through ssh', async () => {
    await listenAt(served(stubEngine('1.47', (_request, response) => response.end('[]'))), join(folder, 'far.sock'));
    const relay = `const s=require('node:net').connect('${folder}/far.sock');process.stdin.pipe(s);s.pipe(process.stdout);s.on('close',()=>process.exit(0))`;
    fakeSsh(`echo "$@" >${folder}/asked; exec '${process.execPath}' -e "${relay}"`);
    const engine = await open('ssh://me@far.example:2222', { PATH: `${folder}:${process.env.PATH}` });
    expect(await engine.list()).toEqual([]);
    expect(await engine.list()).toEqual([]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain('-l me -p 2222 -- far.example docker system dial-stdio');
  });

  it('says what ssh said when ssh fails', async () => {
    fakeSsh('echo "me@far.example: Permission denied (publickey)." >&2; exit 255');
    const error = await errorOfPromise(open('ssh://me@far.example', { PATH: `${folder}:${process.env.PATH}` }));
    expect(error).toMatchObject({ code: 'ENGINE_UNREACHABLE', facts: { reason: expect.stringContaining('Permission denied') } });
    expect(error.hint).toContain('ssh -nNT -L');
  });

  it('is unreachable where there is no ssh', async () => {
    expect((await errorOfPromise(open('ssh://far.example', { PATH: folder }))).code).toBe('ENGINE_UNREACHABLE');
  });
});

function open(host: string, env: NodeJS.ProcessEnv = {}) {
  return openDockerEngine({ HOME: folder, DOCKER_HOST: host, ...env });
}

function fakeSsh(script: string): void {
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function pem(name: string): string {
  return readFileSync(join(folder, `${name}.pem`), 'utf8');
}

/** The client's certificate, beside an authority that did not sign the server's. */
function withoutAuthority(): string {
  const other = join(folder, 'other');
  mkdirSync(other);
  for (const name of ['cert.pem', 'key.pem']) copyFileSync(join(folder, name), join(other, name));
  copyFileSync(join(folder, 'cert.pem'), join(other, 'ca.pem'));
  return other;
}

/** One self-made authority that signs one certificate for 127.0.0.1, used by both sides. */
function certificates(): void {
  const run = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  writeFileSync(join(folder, 'san'), 'subjectAltName=IP:127.0.0.1');
  run(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=test authority',
    '-days',
    '2',
  );
  run('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=127.0.0.1');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-days', '2', '-extfile', 'san'];
  run('x509', '-req', '-in', 'request.pem', '-out', 'cert.pem', ...signing);
}
