import { appendFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalFiles } from '../../src/adapters/journal-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const head = (number: number) => ({ kind: 'head', data: { number, hash: '0xab' } }) as const;

function journalIn(folder: string) {
  return { journal: journalFiles({ XDG_STATE_HOME: folder }), file: join(folder, 'nodectl/dev.ndjson') };
}

test('gives back what was appended, oldest first, each with its time', () => {
  const { journal } = journalIn(temporaryFolder());
  const before = Date.now();
  journal.append('dev', head(1));
  journal.append('dev', { kind: 'stop', data: { clean: true } });
  expect(journal.read('dev')).toMatchObject([head(1), { kind: 'stop', data: { clean: true } }]);
  expect(journal.read('dev')[0]?.time).toBeGreaterThanOrEqual(before);
  expect(journal.read('other')).toEqual([]);
});

test('keeps its files from other users', () => {
  const { journal, file } = journalIn(temporaryFolder());
  journal.append('dev', head(1));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
});

test('skips torn and foreign lines, and loses no record after a torn one', () => {
  const { journal, file } = journalIn(temporaryFolder());
  journal.append('dev', head(1));
  appendFileSync(file, 'hello\n{"time":1,"kind":"party","data":{}}\n{"time":1,"kind":"he');
  journal.append('dev', head(2));
  expect(journal.read('dev')).toMatchObject([head(1), head(2)]);
});

test('stays below two files of 1 MiB and keeps the newest records', () => {
  const { journal, file } = journalIn(temporaryFolder());
  mkdirSync(join(file, '..'), { recursive: true });
  const line = `${JSON.stringify({ time: 1, ...head(1) })}\n`;
  for (let round = 1; round <= 3; round += 1) {
    writeFileSync(file, line.repeat(Math.floor((1024 * 1024) / line.length)));
    journal.append('dev', head(round * 100));
  }
  expect(statSync(file).size).toBeLessThan(200);
  expect(statSync(file.replace('dev.', 'dev.older.')).size).toBeLessThanOrEqual(1024 * 1024);
  expect(journal.read('dev').at(-1)).toMatchObject(head(300));
  expect(journal.read('dev').length).toBeGreaterThan(1000);
});

test('never writes outside its folder nor through a symbolic link', () => {
  const folder = temporaryFolder();
  const { journal, file } = journalIn(folder);
  for (const name of ['../evil', '/evil', 'a/b', '..', '', 'x'.repeat(300)]) {
    journal.append(name, head(1));
    expect(journal.read(name)).toEqual([]);
  }
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(join(folder, 'victim'), 'precious');
  symlinkSync(join(folder, 'victim'), file);
  journal.append('dev', head(1));
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
});

test('remembers nothing, and does not fail, where it has no place or cannot write', () => {
  const nowhere = journalFiles({}, false);
  nowhere.append('dev', head(1));
  expect(nowhere.read('dev')).toEqual([]);
  const broken = journalFiles({ XDG_STATE_HOME: '/dev/null' });
  broken.append('dev', head(1));
  expect(broken.read('dev')).toEqual([]);
});

test('lives in the home folder of a user who is not root, and ignores a relative XDG_STATE_HOME', () => {
  const home = temporaryFolder();
  journalFiles({ HOME: home, XDG_STATE_HOME: 'relative' }, false).append('dev', head(1));
  expect(statSync(join(home, '.local/state/nodectl/dev.ndjson')).size).toBeGreaterThan(0);
});

test('gives its latest records to who asks for the end alone, whole ones only', () => {
  const { journal } = journalIn(temporaryFolder());
  for (let number = 0; number < 100; number++) journal.append('dev', head(number));
  const latest = journal.read('dev', 400);
  expect(latest.length).toBeGreaterThan(2);
  expect(latest.length).toBeLessThan(10);
  expect(latest.at(-1)).toMatchObject(head(99));
  expect(journal.read('dev', 10 * 1024 * 1024)).toEqual(journal.read('dev'));
  expect(journal.read('nobody', 400)).toEqual([]);
});
