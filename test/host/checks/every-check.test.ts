import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostFiles } from '../../../src/adapters/host-files.ts';
import { SEVERITIES } from '../../../src/finding.ts';
import type { Check, Eyes, Subject } from '../../../src/host/check.ts';
import { CHECKS } from '../../../src/host/checks/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { blindFiles, engineOf, eyesOf, filesOfOneText, NO_ENGINE } from '../host-eyes.ts';
import { NOBODY } from '../machine-eyes.ts';

const FOLDER = new URL('../../../src/host/checks/', import.meta.url);

const GARBAGE = [
  '',
  '\0\0\0',
  '\n\n\n',
  '-1',
  'nan',
  '9'.repeat(400),
  'Ä\u2028\u202e[always',
  'some avg60=\nfull avg60=NaN\n',
  '{"log-opts": [1, {"a":',
  'a b c d e f - cgroup cgroup2 rw\n1 2 3 4 - - - cgroup\n',
  'CapEff:\t\nMax open files\nprocessor\nMemTotal: kB',
];

async function survives(check: Check, eyes: Eyes, subject: Subject = NOBODY) {
  const finding = await check.look(eyes, subject);
  expect(finding.id).toBe(check.id);
  expect(SEVERITIES).toContain(finding.severity);
  expect(finding.meaning).not.toMatch(/undefined|NaN|\[object|Infinity/);
  for (const { source } of finding.read) expect(source).not.toMatch(/undefined|\[object/);
  if (finding.severity === 'warn' || finding.severity === 'fail') expect(finding.remedy).not.toBeNull();
  if (finding.fixable) expect(finding.remedy?.commands.length).toBeGreaterThan(0);
  return finding;
}

describe('the table of checks', () => {
  it('has every file of its folder, once', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts');
    expect(CHECKS.map(({ id }) => `${id.replace('.', '-')}.ts`).sort()).toEqual(files.sort());
  });

  it('is sorted, so that groups stand together', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it.each(CHECKS.map(({ id, question }) => [id, question]))('%s asks a question of its own, in words', (_id, question) => {
    expect(question).toMatch(/^[a-z].{10,}[^.?!]$/);
    expect(CHECKS.filter((check) => check.question === question)).toHaveLength(1);
  });
});

describe.each(CHECKS.map((check) => [check.id, check] as const))('%s', (_id, check) => {
  it.each(['an engine', 'no engine'])('survives a host without a single file, with %s', async (which) => {
    const engine = which === 'an engine' ? engineOf() : NO_ENGINE;
    await survives(check, eyesOf(hostFiles(temporaryFolder()), engine));
  });

  it.each(['missing', 'denied', 'unreadable'] as const)('survives a host whose files are all %s', async (failure) => {
    await survives(check, eyesOf(blindFiles(failure)));
    await survives(check, eyesOf(blindFiles(failure), NO_ENGINE));
  });

  it.each(GARBAGE)('survives a host whose files all hold %j', async (text) => {
    await survives(check, eyesOf(filesOfOneText(text, ['1', 'zram0', 'docker', '..']), NO_ENGINE));
    await survives(check, eyesOf(filesOfOneText(text), engineOf({ cgroupVersion: 1, rootless: true })));
  });

  it('survives whatever text its files hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        await survives(check, eyesOf(filesOfOneText(text, ['17'])));
      }),
      { numRuns: 25 },
    );
  });

  it('says nothing bad of a kernel it cannot see', async () => {
    if (check.looksAt === 'engine') return;
    const { severity } = await survives(check, eyesOf(blindFiles('denied'), NO_ENGINE));
    expect(['ok', 'info', 'unknown']).toContain(severity);
  });
});
