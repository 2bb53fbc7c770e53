import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runStep } from '../../src/adapters/distribution-engine/run-step.ts';
import { startDaemon, waitForEngine } from '../../src/adapters/distribution-engine/start-daemon.ts';
import { errorOfPromise } from '../error-code.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

function places() {
  const folder = temporaryFolder();
  return { socket: join(folder, 'docker.sock'), pidFile: join(folder, 'docker.pid'), log: join(folder, 'dockerd.log') };
}

const quiet = () => {};
const soon = () => Date.now() + 10_000;

test('a daemon that ends at once is a failed install with its last words', async () => {
  const where = places();
  const lives = startDaemon(['sh', '-c', 'echo level=info chatter; echo no iptables here; exit 1'], where);
  const error = await errorOfPromise(waitForEngine(where, lives, soon(), quiet));
  expect(error.code).toBe('ENGINE_INSTALL_FAILED');
  expect(error.message).toContain('no iptables here');
  expect(error.message).not.toContain('chatter');
});

test('a daemon that never answers is given up at the deadline', async () => {
  const error = await errorOfPromise(waitForEngine(places(), () => true, Date.now() + 300, quiet));
  expect(error.code).toBe('ENGINE_INSTALL_FAILED');
});

test('the wait ends with the first answer on the socket', async () => {
  const where = places();
  const server = createServer((_request, response) => response.end('OK'));
  onTestFinished(() => void server.close());
  setTimeout(() => server.listen(where.socket), 300);
  await waitForEngine(where, () => true, soon(), quiet);
});

test('a second daemon is not started over one that a package started', () => {
  const where = places();
  writeFileSync(where.pidFile, String(process.pid));
  const name = readFileSync('/proc/self/comm', 'utf8').trim();
  writeFileSync('/proc/self/comm', 'dockerd');
  onTestFinished(() => writeFileSync('/proc/self/comm', name));
  const lives = startDaemon(['sh', '-c', 'exit 1'], where);
  expect([lives(), existsSync(where.log)]).toEqual([true, false]);
});

test.each([
  ['exit 3', 'ENGINE_INSTALL_FAILED'],
  ['echo "E: You don\'t have enough free space in /var/cache/apt/archives/." >&2; exit 100', 'DISK_FULL'],
])('a step that does `%s` ends as %s', async (script, code) => {
  expect((await errorOfPromise(runStep({ kind: 'run', words: ['sh', '-c', script] }, quiet))).code).toBe(code);
});

test('a program that is missing is a failed install', async () => {
  expect((await errorOfPromise(runStep({ kind: 'run', words: ['no-such-package-manager'] }, quiet))).code).toBe('ENGINE_INSTALL_FAILED');
});
