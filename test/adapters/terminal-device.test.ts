import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';

const able = await requires('script');
const SECOND_SCREEN = '\u001b[?1049h';
const FIRST_SCREEN = '\u001b[?1049l';
const SHOW_CURSOR = '\u001b[?25h';

describe.skipIf(!able)('the terminal device, at a real terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-terminal-'));
  const driver = join(folder, 'driver.mjs');
  const file = (name: string) => join(folder, name);
  const text = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  let serial = 0;

  beforeAll(async () => {
    const entry = join(import.meta.dirname, '../fixtures/terminal-driver.ts');
    await build({ entryPoints: [entry], outfile: driver, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the driver in a terminal of its own; what it showed, and the terminal's modes before and after. */
  function start(how: string) {
    const run = `${++serial}`;
    const line = [
      `stty rows 30 columns 100; stty -a > ${file(`${run}.before`)}`,
      `${process.execPath} ${driver} ${how} ${file(`${run}.pid`)}`,
      `echo ENDED $?; stty -a > ${file(`${run}.after`)}`,
    ].join('; ');
    const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    return {
      shown: () => shown,
      /** After it has taken the terminal. */
      pid: async () => {
        await expect.poll(() => text(`${run}.pid`), { timeout: 10_000 }).not.toBe('');
        return Number(text(`${run}.pid`));
      },
      type: (keys: string) => child.stdin.write(keys),
      modes: async () => {
        await ended;
        return { before: text(`${run}.before`), after: text(`${run}.after`) };
      },
    };
  }

  it.each(['exit', 'throw', 'reject'])('is left as it was found by the end of the process: %s', async (how) => {
    const run = start(how);
    const { before, after } = await run.modes();
    expect(before).toContain('icanon');
    expect(after).toBe(before);
    const back = run.shown().indexOf(FIRST_SCREEN);
    expect(run.shown().indexOf(SECOND_SCREEN)).toBeGreaterThanOrEqual(0);
    expect(run.shown()).toContain(SHOW_CURSOR);
    expect(back).toBeGreaterThan(run.shown().indexOf('TAKEN'));
    // What is said of a crash is for the first screen.
    if (how !== 'exit') expect(run.shown().indexOf('CRASHED')).toBeGreaterThan(back);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('is left as it was found by %s', async (signal) => {
    const run = start('wait');
    process.kill(await run.pid(), signal);
    const { before, after } = await run.modes();
    expect(after).toBe(before);
    expect(run.shown()).toContain(FIRST_SCREEN);
    expect(run.shown()).toContain('ENDED 130');
  });

  it('gives keys one by one and Ctrl-C as a byte, also to a second reader after the first has left', async () => {
    const run = start('leave');
    await run.pid();
    await expect.poll(run.shown).toContain('LEFT {"done":true}');
    run.type('\u0003');
    await expect.poll(run.shown).toContain('KEYS 03');
    run.type('q');
    const { before, after } = await run.modes();
    expect(after).toBe(before);
    expect(run.shown()).toContain('ENDED 0');
  });

  it('is raw again after it was stopped and another program had the terminal, and has to be drawn anew', async () => {
    const run = start('wait');
    const pid = await run.pid();
    const tty = `/proc/${pid}/fd/0`;
    const modes = () => execFileSync('stty', ['-a', '-F', tty], { encoding: 'utf8' });
    expect(modes()).toContain('-icanon');
    execFileSync('stty', ['sane', '-F', tty]);
    process.kill(pid, 'SIGCONT');
    await expect.poll(modes).toContain('-icanon');
    await expect.poll(run.shown).toContain('SIZE 100x30');
    process.kill(pid, 'SIGTERM');
    await run.modes();
  });

  it('tells of each change of size', async () => {
    const run = start('wait');
    const pid = await run.pid();
    execFileSync('stty', ['rows', '11', 'columns', '20', '-F', `/proc/${pid}/fd/0`]);
    await expect.poll(run.shown, { timeout: 5_000 }).toContain('SIZE 20x11');
    process.kill(pid, 'SIGTERM');
    await run.modes();
  });
});
