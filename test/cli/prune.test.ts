import { describe, expect, test, vi } from 'vitest';
import type { Host } from '../../src/ports/host.ts';
import { upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

// Each run of the command line in process costs what a machine under load makes of it.
vi.setConfig({ testTimeout: 120_000 });

const UP = ['up', '--network', 'hoodi', '--consensus', 'none', '--memory', '5G', '--geth-version', '1.17.8', '--yes'];
const MIB = 2 ** 20;
const HEAD = '0x989680';

/** What the pruner of a test does: frees, frees nothing, is refused. */
type Act = 'frees' | 'frees nothing' | 'fails';

/** A machine with a running node of a public network, and a geth that prunes. */
async function machine(act: Act = 'frees', words = UP) {
  const up = upWorld();
  const { engine, world } = up;
  up.answers = {
    ...up.answers,
    eth_chainId: '0x88bb0',
    eth_getBlockByNumber: () => ({ number: HEAD, hash: `0x${'ab'.repeat(32)}`, timestamp: '0x68000000' }),
  };
  expect(await up.nodectl(...words)).toMatchObject({ code: 0, stderr: '' });
  let bytes = 900 * MIB;
  const served = engine.program;
  const pruned: string[] = [];
  engine.program = (args, view) => {
    const at = args.findIndex((word) => ['prune-history', 'snapshot', 'db'].includes(word));
    if (at < 0) return served(args, view);
    pruned.push(args.slice(at).join(' '));
    if (act === 'frees') bytes -= 100 * MIB;
    const text = act === 'fails' ? 'chain not far enough past target block 60412, need 1 more blocks' : 'INFO [11-21|12:00:00.000] Done';
    return { lines: [{ stream: 'stderr', text }], exitCode: act === 'fails' ? 1 : 0 };
  };
  const host = await world.host();
  let free: number | undefined = 100 * 1024 * MIB;
  const eyes: Host = { ...host, directorySize: async () => bytes, diskFree: () => free };
  Object.assign(world, { host: async () => eyes });
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await up.nodectl(...words, '--json');
    const text = stdout || stderr;
    const document = text.startsWith('{') ? JSON.parse(text) : { text };
    if (words[0] === 'prune' && text.startsWith('{')) validatesAgainst(stdout === '' ? 'error' : 'prune', document);
    return { code, document, error: document.error?.code as string | undefined };
  };
  const node = () => engine.containers.get('nodectl-hoodi');
  const quiet = () => expect([...engine.containers.keys()]).toEqual(['nodectl-hoodi']);
  const fill = (left: number | undefined) => {
    free = left;
  };
  return { ...up, run, node, quiet, pruned, fill };
}

describe('prune', () => {
  test('tells what a node can be pruned by, and touches nothing', async () => {
    const { run, node, pruned, quiet } = await machine();
    const { code, document } = await run('prune', 'hoodi');
    expect(code).toBe(0);
    expect(document.offers.map(({ task, possible }: { task: string; possible: boolean }) => [task, possible])).toEqual([
      ['history', true],
      ['state', false],
      ['database', true],
    ]);
    expect([node()?.running, pruned]).toEqual([true, []]);
    quiet();
  });

  test('stops the node, lets geth work within its limits and offline, measures, and starts it with its new history', async () => {
    const { run, node, pruned, quiet, engine } = await machine();
    const made: Parameters<typeof engine.createContainer>[0][] = [];
    const create = engine.createContainer;
    engine.createContainer = (spec) => {
      made.push(spec);
      return create(spec);
    };
    const { code, document } = await run('prune', 'hoodi', '--history', 'postprague', '--database', '--yes');
    expect(document).toMatchObject({ stop: { wasRunning: true }, start: { ready: {} }, history: 'postprague' });
    expect(code).toBe(0);
    expect(document.done.map(({ freedBytes }: { freedBytes: number }) => freedBytes)).toEqual([100 * MIB, 100 * MIB]);
    expect(pruned).toEqual(['prune-history --history.chain postprague', 'db pebble-upgrade']);
    const pruner = made.find(({ name }) => name === 'nodectl-hoodi.prune');
    expect(pruner).toMatchObject({ network: 'none', user: '1000:1000', ports: [], restart: 'no', limits: { memory: 5120 * MIB } });
    expect(node()?.spec.args.join(' ')).toContain('--history.chain postprague');
    expect(node()?.running).toBe(true);
    quiet();
  });

  test('starts a node as it is whose limits only --force allowed', async () => {
    const { run, node, quiet } = await machine('frees', [
      ...UP.filter((word) => word !== '5G' && word !== '--memory'),
      '--memory',
      '2G',
      '--force',
    ]);
    const before = node()?.id;
    const { code, document } = await run('prune', 'hoodi', '--history', 'postprague', '--yes');
    expect([code, document.start !== null, node()?.id === before, node()?.running]).toEqual([0, true, true, true]);
    quiet();
    expect((await run('up', '--name', 'hoodi', '--history', 'postprague', '--force')).code).toBe(0);
    expect(node()?.spec.args.join(' ')).toContain('--history.chain postprague');
  });

  test('does not lie when nothing was freed, and ends well', async () => {
    const { run } = await machine('frees nothing');
    const { code, document } = await run('prune', 'hoodi', '--database', '--yes');
    expect([code, document.done[0].freedBytes]).toEqual([0, 0]);
  });

  test("starts the node again when geth refuses, and tells geth's own words", async () => {
    const { run, node, quiet } = await machine('fails');
    const { code, error, document } = await run('prune', 'hoodi', '--history', 'postprague', '--database', '--yes');
    expect([code, error]).toEqual([4, 'GETH_REFUSED']);
    expect(JSON.stringify(document)).toContain('not far enough');
    expect([node()?.running, node()?.spec.args.includes('--history.chain')]).toEqual([true, false]);
    quiet();
  });

  test('refuses before anything is stopped while a container of somebody else uses the volume', async () => {
    const { run, node, engine, pruned } = await machine();
    const { spec } = node() ?? {};
    if (spec === undefined) throw new Error('no container');
    await engine.createContainer({ ...spec, name: 'guest', labels: {}, ports: [] });
    await engine.startContainer('guest');
    expect(await run('prune', 'hoodi', '--database', '--yes')).toMatchObject({ code: 4, error: 'NODE_RUNNING' });
    expect([node()?.running, pruned]).toEqual([true, []]);
  });

  test('refuses before anything is stopped: what cannot be, a full disk, no yes', async () => {
    const { run, node, quiet, fill, world, pruned } = await machine();
    expect(await run('prune', 'hoodi', '--state', '--yes')).toMatchObject({ code: 2, error: 'UNSUPPORTED_OPTION' });
    expect(await run('prune', 'hoodi', '--history', 'postmerge', '--yes')).toMatchObject({ code: 2, error: 'UNSUPPORTED_OPTION' });
    fill(100 * MIB);
    expect(await run('prune', 'hoodi', '--database', '--yes')).toMatchObject({ code: 4, error: 'DISK_FULL' });
    fill(undefined);
    Object.assign(world, { console: { ...world.console, confirm: async () => false } });
    expect((await run('prune', 'hoodi', '--database')).code).toBe(130);
    expect([node()?.running, pruned]).toEqual([true, []]);
    quiet();
  });

  test('leaves geth at work when it is interrupted, and waits for it the next time', async () => {
    const { run, engine, world, node, quiet } = await machine();
    const served = engine.program;
    engine.program = (args, view) => (args.includes('db') ? { lines: [] } : served(args, view));
    const interruption = new AbortController();
    const { signal } = world;
    Object.assign(world, { signal: interruption.signal });
    const running = run('prune', 'hoodi', '--database', '--yes');
    await vi.waitFor(() => expect(engine.containers.get('nodectl-hoodi.prune')?.running).toBe(true), 30_000);
    interruption.abort();
    expect((await running).code).toBe(130);
    expect([engine.containers.get('nodectl-hoodi.prune')?.running, node()?.running]).toEqual([true, false]);
    Object.assign(world, { signal });
    for (const words of [
      ['start', 'hoodi'],
      ['up', '--name', 'hoodi'],
      ['down', 'hoodi'],
      ['resync', 'hoodi', '--yes'],
    ])
      expect(await run(...words)).toMatchObject({ code: 4, error: 'UNFINISHED' });
    expect(await run('prune', 'hoodi', '--history', 'postprague', '--yes')).toMatchObject({ code: 4, error: 'UNFINISHED' });
    expect((await run('status', 'hoodi')).code).toBe(3);
    const again = run('prune', 'hoodi', '--database', '--yes');
    engine.containers.get('nodectl-hoodi.prune')?.end(0);
    expect((await again).document).toMatchObject({ done: [{ task: 'database', exitCode: 0 }], start: { ready: {} } });
    quiet();
  });

  test('is given up by `down --volumes`, which leaves nothing', async () => {
    const { run, engine } = await machine();
    const served = engine.program;
    engine.program = (args, view) => {
      if (!args.includes('db')) return served(args, view);
      engine.dieAfter(0);
      return { lines: [] };
    };
    await run('prune', 'hoodi', '--database', '--yes');
    engine.dieAfter();
    expect(engine.containers.get('nodectl-hoodi.prune')?.running).toBe(true);
    expect((await run('down', 'hoodi', '--volumes', '--yes')).code).toBe(0);
    expect([engine.containers.size, engine.volumes.size]).toEqual([0, 0]);
  });

  test('begins again with the task that was at work', async () => {
    const { run, engine, pruned, quiet } = await machine();
    const served = engine.program;
    let isFirst = true;
    engine.program = (args, view) => {
      if (args.includes('db') && isFirst) {
        isFirst = false;
        engine.dieAfter(0);
      }
      return served(args, view);
    };
    await run('prune', 'hoodi', '--history', 'postprague', '--database', '--yes');
    engine.dieAfter();
    const { code, document } = await run('prune', 'hoodi', '--history', 'postprague', '--database', '--yes');
    expect([code, document.done.map(({ task }: { task: string }) => task)]).toEqual([0, ['database']]);
    expect(pruned).toEqual(['prune-history --history.chain postprague', 'db pebble-upgrade']);
    quiet();
  });

  test.each([
    ['running', '--database'],
    ['stopped', '--database'],
    ['running', '--history postprague'],
  ])('killed after any call to the engine, goes on by the same command, to a node that is %s (%s)', async (state, options) => {
    for (let calls = 1; ; calls++) {
      const { run, node, engine, quiet, pruned } = await machine();
      if (state === 'stopped') await run('stop', 'hoodi');
      const words = ['prune', 'hoodi', ...options.split(' '), '--yes'];
      engine.dieAfter(calls);
      const { code } = await run(...words);
      engine.dieAfter();
      expect((await run(...words)).code).toBe(0);
      expect([calls, node()?.running, pruned.length > 0]).toEqual([calls, state === 'running', true]);
      expect(node()?.spec.args.includes('--history.chain')).toBe(options.startsWith('--history'));
      quiet();
      if (code !== 0) continue;
      expect(calls).toBeGreaterThan(15);
      return;
    }
  });
});
