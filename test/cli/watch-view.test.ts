import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/cli/style.ts';
import { type WatchView, withWatchView } from '../../src/cli/watch-view.ts';
import { NodectlError } from '../../src/errors.ts';
import type { World } from '../../src/ports.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';
import { makeSample, makeStatus, NOW } from '../node/watch/view/make-sample.ts';
import { Screen } from '../node/watch/view/screen.ts';
import { runContext } from './run-context.ts';

/** Goes on only when the test says so. */
class StillClock {
  time = NOW;
  readonly #sleepers = new Set<() => void>();

  now = () => this.time;
  sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      this.#sleepers.add(resolve);
      signal?.addEventListener('abort', () => resolve());
    });
  async pass(ms: number): Promise<void> {
    this.time += ms;
    for (const wake of this.#sleepers) wake();
    this.#sleepers.clear();
    await settled();
  }
}

/** Whatever was set off has come to rest. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A view that watches until it is interrupted. */
function start({ terminal = new FakeTerminal(), fails = false } = {}) {
  const clock = new StillClock();
  const interruption = new AbortController();
  const warned: string[] = [];
  const { context, written } = runContext({ terminal: async () => terminal, clock, signal: interruption.signal });
  const world: World = { ...context.world, console: { ...context.world.console, warn: (text) => void warned.push(text) } };
  let view: WatchView | undefined;
  let inner: World | undefined;
  let fail: (error: unknown) => void = () => {};
  let finish: () => void = () => {};
  const code = withWatchView({ node: 'hoodi', intervalText: '2s', screen: { style: PLAIN, unicode: true } }, world, (given, world) => {
    view = given;
    inner = world;
    return new Promise((resolve, reject) => {
      fail = reject;
      finish = resolve;
      world.signal.addEventListener('abort', () => (fails ? reject(new NodectlError('INTERRUPTED', 'Interrupted.')) : resolve()));
    });
  });
  const shown = () => {
    const screen = new Screen();
    screen.write(terminal.shown);
    return screen.lines().join('\n');
  };
  return {
    ...{ terminal, clock, written, warned, code, shown, interruption },
    view: async () => {
      await settled();
      return view as WatchView;
    },
    inner: () => inner as World,
    fail: (error: unknown) => fail(error),
    finish: () => finish(),
  };
}

describe('the live view on a terminal', () => {
  it('takes the whole screen and the keys while it lasts, and gives both back', async () => {
    const run = start();
    (await run.view()).sample(makeSample());
    expect(run.terminal).toMatchObject({ isFull: true, isRaw: true });
    expect(run.shown()).toContain('syncing (chain)');
    run.finish();
    expect(await run.code).toBe(0);
    expect(run.terminal).toMatchObject({ isFull: false, isRaw: false });
  });

  it.each([
    ['q', 0],
    ['Q', 0],
    ['\u0003', 130],
  ])('is left by the key %j with exit code %i', async (key, code) => {
    const run = start();
    await run.view();
    run.terminal.type(key);
    expect(await run.code).toBe(code);
    expect(run.inner().signal.aborted).toBe(true);
    expect(run.terminal).toMatchObject({ isFull: false, isRaw: false });
  });

  it('is not ended with an error by who was interrupted by its end', async () => {
    const run = start({ fails: true });
    await run.view();
    run.terminal.type('q');
    expect(await run.code).toBe(0);
  });

  it('goes on at other keys, at what a terminal says of itself, and without keys', async () => {
    const run = start();
    const view = await run.view();
    run.terminal.type('x');
    run.terminal.type('\u001b[2;1$q');
    run.terminal.endInput();
    await settled();
    view.sample(makeSample());
    expect(run.terminal.isFull).toBe(true);
    expect(run.shown()).toContain('hoodi');
    run.finish();
    await run.code;
  });

  it('leaves standard input alone where that is no terminal', async () => {
    const terminal = new FakeTerminal(true, false);
    const run = start({ terminal });
    await run.view();
    terminal.type('q');
    await settled();
    expect(terminal.isFull).toBe(true);
    expect(run.shown()).not.toContain('q to leave');
    run.finish();
    expect(await run.code).toBe(0);
  });

  it('gives the terminal back before an error is told', async () => {
    const run = start();
    await run.view();
    run.fail(new NodectlError('NO_SUCH_NODE', 'There is no node "hoodi".'));
    await expect(run.code).rejects.toMatchObject({ code: 'NO_SUCH_NODE' });
    expect(run.terminal).toMatchObject({ isFull: false, isRaw: false });
  });

  it('ends with the interruption of the process', async () => {
    const run = start();
    await run.view();
    run.interruption.abort('SIGTERM');
    await run.code;
    expect(run.terminal).toMatchObject({ isFull: false, isRaw: false });
  });

  it('draws anew in the new size, and nothing outside of it', async () => {
    const run = start();
    (await run.view()).sample(makeSample());
    run.terminal.shown = '';
    run.terminal.resizeTo({ columns: 20, rows: 5 });
    const lines = run.shown().split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
    expect(lines[0]).toContain('syncing');
    run.finish();
    await run.code;
    run.terminal.shown = '';
    run.terminal.resizeTo({ columns: 80, rows: 24 });
    expect(run.terminal.shown).toBe('');
  });

  it('writes only what changed, and all of it at Ctrl-L', async () => {
    const run = start();
    const view = await run.view();
    view.sample(makeSample());
    run.terminal.shown = '';
    view.sample(makeSample({ status: makeStatus({ peers: 13 }) }));
    expect(run.terminal.shown).toContain('13');
    expect(run.terminal.shown).not.toContain('hoodi');
    run.terminal.shown = '';
    view.sample(makeSample({ status: makeStatus({ peers: 13 }) }));
    expect(run.terminal.shown).toBe('');
    run.terminal.type('\u000c');
    await settled();
    expect(run.shown()).toContain('hoodi');
    run.finish();
    await run.code;
  });

  it('lets ages go on between the samples', async () => {
    const run = start();
    (await run.view()).sample(makeSample());
    expect(run.shown()).toContain('12s old');
    await run.clock.pass(5_000);
    expect(run.shown()).toContain('17s old');
    run.finish();
    await run.code;
    run.terminal.shown = '';
    await run.clock.pass(5_000);
    expect(run.terminal.shown).toBe('');
  });

  it('says that the engine is lost, for how long, and goes on with the next sample', async () => {
    const run = start();
    const view = await run.view();
    view.sample(makeSample());
    view.blind({ kind: 'engine-lost', since: NOW, message: 'The Docker engine does not run.' });
    await run.clock.pass(7_000);
    expect(run.shown()).toMatch(/engine lost[\s\S]*7s: The Docker engine does not run\./);
    view.sample(makeSample({ time: NOW + 7_000 }));
    expect(run.shown()).not.toContain('engine lost');
    run.finish();
    await run.code;
  });

  it('shows news and the notices of who watches, and never writes them beside the view', async () => {
    const run = start();
    const view = await run.view();
    view.news({ time: NOW, text: 'the node died' });
    run.inner().console.warn('the webhook\u001b[31m fails');
    expect(run.shown()).toMatch(/12:00:00Z +the node died/);
    expect(run.shown()).toMatch(/12:00:00Z +the webhook \[31m fails/);
    expect(run.written).toEqual({ stdout: '', stderr: '' });
    run.finish();
    await run.code;
  });

  it('tells on the console what is noticed after its end', async () => {
    const run = start();
    await run.view();
    run.terminal.type('q');
    await run.code;
    run.inner().console.warn('The webhook did not get 3 events.');
    expect(run.warned).toEqual(['The webhook did not get 3 events.']);
  });

  it('keeps a bounded past, however long it lasts', async () => {
    const run = start();
    const view = await run.view();
    run.terminal.resizeTo({ columns: 80, rows: 500 });
    for (let at = 0; at < 200; at++) {
      view.sample(makeSample({ time: NOW + at * 10_000 }));
      view.news({ time: NOW, text: `news ${at}` });
    }
    expect(run.shown().match(/news \d+/g)).toHaveLength(50);
    expect(run.shown()).toContain('news 199');
    run.finish();
    await run.code;
  });
});
