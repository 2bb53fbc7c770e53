import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { hostFiles } from '../../../src/adapters/host-files.ts';
import { hostTimes } from '../../../src/diagnosis/kernel/host-times.ts';
import { logClock } from '../../../src/diagnosis/kernel/log-clock.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const STAT = 'cpu  1 2 3\nintr 5\nctxt 9\nbtime 1795228385\nprocesses 7\n';
const FIELDS = 'S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 15 0 6247936 1000 2000';

function machine(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return hostTimes(hostFiles(root));
}

const ENGINE = { '/var/run/docker.pid': '500\n', '/proc/500/comm': 'dockerd\n' };

test('the machine’s boot, its engine’s start and its kills are told by the kernel’s files', () => {
  const files = { '/proc/stat': STAT, '/proc/vmstat': 'nr_free_pages 7\noom_kill 41\n', '/proc/500/stat': `500 (dockerd) ${FIELDS}\n` };
  expect(machine({ ...ENGINE, ...files })).toEqual({
    bootedAt: 1_795_228_385_000,
    engineStartedAt: 1_795_228_385_000 + 62_479_360,
    oomKills: 41,
  });
});

test('a name with brackets and blanks does not shift the fields', () => {
  const files = { '/proc/stat': STAT, '/proc/500/stat': `500 (a) S 1 (b c) ${FIELDS}\n` };
  expect(machine({ ...ENGINE, ...files }).engineStartedAt).toBe(1_795_228_385_000 + 62_479_360);
});

test('what the kernel does not tell is not made up', () => {
  expect(machine({})).toEqual({ bootedAt: null, engineStartedAt: null, oomKills: null });
  expect(machine({ ...ENGINE, '/proc/500/stat': `500 (dockerd) ${FIELDS}` }).engineStartedAt).toBeNull();
  expect(machine({ ...ENGINE, '/proc/stat': STAT, '/proc/500/stat': 'nonsense' }).engineStartedAt).toBeNull();
  expect(machine({ '/proc/stat': 'btime soon', '/proc/vmstat': 'oom_kill -1' })).toMatchObject({ bootedAt: null, oomKills: null });
});

test('the clock of the kernel’s log is read from the scheduler’s file', () => {
  const file =
    'Sched Debug Version: v0.11, 6.1.0-18-amd64 #1\nktime                                   : 63460833.993484\n' +
    'sched_clk                               : 63460840.123456\ncpu_clk                                 : 63460841.500000\njiffies : 4310761000\n';
  expect(logClock(file)).toBe(63_460_841.5);
  expect(logClock('')).toBeUndefined();
  expect(logClock('cpu_clk : soon')).toBeUndefined();
});
