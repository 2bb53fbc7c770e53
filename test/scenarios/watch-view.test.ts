import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Screen } from '../node/watch/view/screen.ts';
import { requires } from '../require.ts';
import { nodectl } from './cli.ts';
import { nodectlAtTerminal, type PtyRun } from './pty.ts';

const able = await requires('docker', 'geth', 'script');
const NODE = 'tv-view';

describe.skipIf(!able)('the live view of a real node at a real terminal', { timeout: 120_000 }, () => {
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  const open: PtyRun[] = [];

  beforeAll(async () => {
    await down();
    const size = ['--memory', '512M', '--swap', '0', '--port', 'auto'];
    const { code, stderr } = await nodectl(['up', '--name', NODE, '--network', 'dev', ...size, '--', '--dev.period', '1']);
    expect(code, stderr).toBe(0);
  }, 600_000);
  afterAll(async () => {
    for (const run of open) run.type('q');
    await down();
  }, 60_000);

  const watch = () => {
    const run = nodectlAtTerminal(['watch', NODE, '--interval', '250ms']);
    open.push(run);
    return run;
  };
  const screenOf = (run: PtyRun) => {
    const screen = new Screen();
    screen.write(run.shown().replaceAll('\r', ''));
    return screen;
  };
  const text = (run: PtyRun) => screenOf(run).lines().join('\n');
  const isShown = (run: PtyRun, what: RegExp) => expect.poll(() => text(run), { timeout: 20_000 }).toMatch(what);

  it('shows where it stands and what it uses, follows it into its end, and gives the terminal back by q', async () => {
    const run = watch();
    await isShown(run, /at the head/);
    await isShown(run, /Memory .* of 512 MiB/);
    await isShown(run, /CPU .*\d CPUs/);
    const heads = () => Number(/Head +([\d,]+)/.exec(text(run))?.[1]?.replaceAll(',', ''));
    const first = heads();
    await expect.poll(heads, { timeout: 20_000 }).toBeGreaterThan(first);

    await run.resize(20, 8);
    await expect.poll(() => screenOf(run).lines().length, { timeout: 10_000 }).toBeLessThanOrEqual(8);
    for (const line of screenOf(run).lines()) expect([...line].length, line).toBeLessThanOrEqual(20);
    expect(text(run)).toMatch(/at the head/);
    await run.resize(100, 30);
    await isShown(run, /Memory .* of 512 MiB/);

    await nodectl(['stop', NODE]);
    await isShown(run, /stopped[\s\S]*exit code 0[\s\S]*stopped in good order/);
    await nodectl(['start', NODE]);
    await isShown(run, /at the head[\s\S]*nodectl-tv-view started/);

    run.type('q');
    const { code, before, after } = await run.ended();
    expect([code, after]).toEqual([0, before]);
    expect(screenOf(run).isFull).toBe(false);
  });

  it.each([
    ['Ctrl-C', (run: PtyRun) => run.type('\u0003')],
    ['SIGTERM', (run: PtyRun) => process.kill(run.pid(), 'SIGTERM')],
  ])('gives the terminal back by %s, with exit code 130', async (_how, end) => {
    const run = watch();
    await isShown(run, /at the head/);
    end(run);
    const { code, before, after } = await run.ended();
    expect([code, after]).toEqual([130, before]);
    expect(screenOf(run).isFull).toBe(false);
  });
});
