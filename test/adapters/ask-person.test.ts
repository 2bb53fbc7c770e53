import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';

const able = await requires('script');

describe.skipIf(!able)('a question at a real terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-ask-'));
  const driver = join(folder, 'driver.mjs');
  beforeAll(async () => {
    const entry = join(import.meta.dirname, '../fixtures/ask-driver.ts');
    await build({ entryPoints: [entry], outfile: driver, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function start() {
    const file = (name: string) => join(folder, name);
    const line = `stty -a > ${file('before')}; ${process.execPath} ${driver}; stty -a > ${file('after')}`;
    const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    return {
      shown: () => shown,
      answer: async (question: string, keys: string) => {
        await expect.poll(() => shown, { timeout: 10_000 }).toContain(question);
        child.stdin.write(keys);
      },
      ended: async () => {
        await ended;
        const answers: string[] = JSON.parse(Buffer.from(/ANSWERS ([0-9a-f]+)/.exec(shown)?.[1] ?? '', 'hex').toString());
        return { answers, before: readFileSync(file('before'), 'utf8'), after: readFileSync(file('after'), 'utf8') };
      },
    };
  }

  it('takes what is typed unseen without showing it, corrected and in any language, and leaves the terminal as it was', async () => {
    const run = start();
    await run.answer('FIRST?', 's3crex\u007ft wörd\r');
    await run.answer('SECOND?', '\r');
    await run.answer('THIRD?', 'in the open\r');
    const { answers, before, after } = await run.ended();
    expect(answers).toEqual(['s3cret wörd', '', 'in the open']);
    expect(run.shown()).not.toMatch(/s3c|wörd/);
    expect(run.shown()).toContain('in the open');
    expect(after).toBe(before);
  });

  it.each([
    ['Ctrl-C', '\u0003', ['']],
    ['Ctrl-D', '\u0004', ['', '', 'x']],
  ])('is nothing typed after %s, and the terminal is as it was', async (_, key, expected) => {
    const run = start();
    await run.answer('FIRST?', `s3cret\u0015${key}`);
    if (expected.length > 1) {
      await run.answer('SECOND?', '\r');
      await run.answer('THIRD?', 'x\r');
    }
    const { answers, before, after } = await run.ended();
    expect(answers).toEqual(expected);
    expect(run.shown()).not.toContain('s3c');
    expect(after).toBe(before);
  });
});
