import { chmodSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostQuestions } from '../../src/adapters/host-questions.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const { ask, syncTimes, portTaken } = hostQuestions();

test.each([
  ['what it printed', ['sh', '-c', 'echo kvm'], 'kvm'],
  ['what it printed before it failed', ['sh', '-c', 'echo none; exit 1'], 'none'],
  ['its words in the C locale', ['sh', '-c', 'echo $LC_ALL'], 'C'],
])('a program gives %s', async (_what, words, said) => expect(await ask(words)).toBe(said));

test.each([
  ['a program that is not there', ['no-such-program-at-all']],
  ['one that takes too long', ['sleep', '30']],
  ['one that talks without end', ['yes']],
])('%s gives nothing, and soon', async (_what, words) => {
  const begun = performance.now();
  expect(await ask(words)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('a question does not read what is typed', async () => expect(await ask(['cat'])).toBe(''));

test('a few writes are timed and leave nothing behind', async () => {
  const folder = temporaryFolder();
  const times = await syncTimes(folder);
  expect(times?.length).toBeGreaterThan(0);
  expect(times?.length).toBeLessThanOrEqual(30);
  expect(times?.every((ms) => ms >= 0)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is not there yet is tried above', async () => {
  const folder = temporaryFolder();
  expect(await syncTimes(join(folder, 'not/there'))).toBeDefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('where nothing may be written no time is given', async () => {
  expect(await syncTimes('/proc')).toBeUndefined();
  const folder = temporaryFolder();
  chmodSync(folder, 0o500);
  if (process.getuid?.() !== 0) expect(await syncTimes(folder)).toBeUndefined();
});

test('a port that somebody listens on is taken, another is not', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  onTestFinished(() => void server.close());
  expect(await portTaken('127.0.0.1', port, 'tcp')).toBe(true);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await portTaken('127.0.0.1', port, 'tcp')).toBe(false);
});
