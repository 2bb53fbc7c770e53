import { describe, expect, test, vi } from 'vitest';
import { NodectlError } from '../../src/errors.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

// Each run of the command line in process costs what a machine under load makes of it.
vi.setConfig({ testTimeout: 60_000 });

const KEPT = {
  'geth/nodekey': 'k'.repeat(64),
  'geth/jwtsecret': 'j',
  'geth/nodes/1': 'peers',
  'keystore/UTC--1': 'key',
  'nodectl/peers.toml': 'x',
};
const CHAIN = {
  'geth/chaindata/1.sst': 'blocks',
  'geth/chaindata/ancient/chain/b.cdat': 'old',
  'geth/triedb/j': 't',
  'geth/blobpool/q/1': 'q',
};

/** A machine with a running dev node whose volume is known. */
async function machine() {
  const up = upWorld();
  const { engine } = up;
  expect((await up.nodectl('up', '--network', 'dev', '--memory', '700M')).code).toBe(0);
  const files = () => engine.volumes.get('nodectl-dev')?.files ?? new Map();
  for (const [path, content] of Object.entries({ ...KEPT, ...CHAIN }))
    files().set(path, { path, content, mode: 0o600, uid: 1000, gid: 1000 });
  const kept = () =>
    Object.fromEntries([...files().entries()].flatMap(([path, { content }]) => (path in { ...KEPT, ...CHAIN } ? [[path, content]] : [])));
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await up.nodectl(...words, '--json');
    const text = stdout || stderr;
    const document = text.startsWith('{') ? JSON.parse(text) : { text };
    if (words[0] === 'resync' && text.startsWith('{')) validatesAgainst(stdout === '' ? 'error' : 'resync', document);
    return { code, document, error: document.error?.code as string | undefined };
  };
  const node = () => engine.containers.get('nodectl-dev');
  const quiet = () => expect([...engine.containers.keys()]).toEqual(['nodectl-dev']);
  return { ...up, run, node, kept, files, quiet };
}

describe('resync', () => {
  test('removes the chain and nothing else, and starts the same container again', async () => {
    const { run, node, kept, quiet } = await machine();
    const before = node()?.id;
    const { code, document } = await run('resync', 'dev', '--yes');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      node: 'dev',
      stop: { wasRunning: true },
      start: { ready: { head: 12 }, headFell: null },
    });
    expect(document.removed).toEqual(['geth/chaindata', 'geth/triedb', 'geth/blobpool']);
    expect(kept()).toEqual(KEPT);
    expect([node()?.running, node()?.id]).toEqual([true, before]);
    quiet();
  });

  test('tells of no lost blocks, though the head is lower than it was', async () => {
    const { run, remembered } = await machine();
    remembered.push({ time: Date.now(), kind: 'head', data: { number: 5000 } });
    expect((await run('resync', 'dev', '--yes')).document.start.headFell).toBeNull();
  });

  test('leaves what was stopped stopped, and starts again what had died', async () => {
    const stopped = await machine();
    await stopped.run('stop', 'dev');
    expect((await stopped.run('resync', 'dev', '--yes')).document).toMatchObject({ stop: null, start: null });
    expect([stopped.node()?.running, stopped.kept()]).toEqual([false, KEPT]);
    const dead = await machine();
    dead.node()?.end(1);
    expect((await dead.run('resync', 'dev', '--yes')).document.start).not.toBeNull();
    expect([dead.node()?.running, dead.kept()]).toEqual([true, KEPT]);
  });

  test('changes nothing without a yes', async () => {
    const { run, kept, world, node, quiet } = await machine();
    Object.assign(world, { console: { ...world.console, confirm: async () => false } });
    expect((await run('resync', 'dev')).code).toBe(130);
    expect([kept(), node()?.running]).toEqual([{ ...KEPT, ...CHAIN }, true]);
    quiet();
  });

  test('forgets which geth wrote the chain that is gone', async () => {
    const { run, files } = await machine();
    const record = { v: 1, network: 'dev', custom: null, geth: '9.9.9', scheme: 'path', history: 'all' };
    const content = JSON.stringify(record);
    files().set('nodectl/chain.json', { path: 'nodectl/chain.json', content, mode: 0o600, uid: 1000, gid: 1000 });
    await run('resync', 'dev', '--yes');
    expect(JSON.parse(String(files().get('nodectl/chain.json')?.content)).geth).toBe('1.17.8');
  });

  test('removes the chain of a node whose container is gone, and makes none', async () => {
    const { run, kept, engine } = await machine();
    await run('down', 'dev');
    expect((await run('resync', 'dev', '--yes')).document).toMatchObject({ stop: null, start: null });
    expect(kept()).toEqual(KEPT);
    expect(engine.containers.size).toBe(0);
  });

  test('is refused for what it cannot do, before anything is stopped', async () => {
    const { run, node } = await machine();
    expect(await run('resync', 'other', '--yes')).toMatchObject({ code: 5, error: 'NO_SUCH_NODE' });
    expect(node()?.running).toBe(true);
  });

  test('removes nothing when the node was started meanwhile', async () => {
    const { run, node, kept, engine } = await machine();
    const { info } = engine;
    engine.info = async () => {
      if (node()?.running === false) await engine.startContainer('nodectl-dev');
      return info();
    };
    expect(await run('resync', 'dev', '--yes')).toMatchObject({ code: 4, error: 'CONVERGENCE_FAILED' });
    expect(kept()).toEqual({ ...KEPT, ...CHAIN });
  });

  test('keeps the node from being started until what was cut off is done', async () => {
    const { run, node, engine, kept, quiet } = await machine();
    engine.failNext('emptyFolders', new NodectlError('ENGINE_FAILED', 'gone'));
    expect((await run('resync', 'dev', '--yes')).code).toBe(4);
    for (const words of [
      ['start', 'dev'],
      ['up', '--name', 'dev'],
      ['down', 'dev'],
    ])
      expect(await run(...words)).toMatchObject({ code: 4, error: 'UNFINISHED' });
    expect((await run('resync', 'dev', '--yes')).document).toMatchObject({ start: { ready: {} } });
    expect([node()?.running, kept()]).toEqual([true, KEPT]);
    quiet();
  });

  test('works on an engine elsewhere, without root', async () => {
    const { run, engine, kept, machine: host } = await machine();
    engine.facts = { ...FAKE_INFO, local: false };
    host.uid = 1000;
    expect((await run('resync', 'dev', '--yes')).code).toBe(0);
    expect(kept()).toEqual(KEPT);
  });

  test.each(['running', 'stopped'])(
    'killed after any call to the engine, goes on by the same command, to a node that is %s',
    async (state) => {
      for (let calls = 1; ; calls++) {
        const { run, node, kept, engine, quiet } = await machine();
        if (state === 'stopped') await run('stop', 'dev');
        engine.dieAfter(calls);
        const { code } = await run('resync', 'dev', '--yes');
        engine.dieAfter();
        expect((await run('resync', 'dev', '--yes')).code).toBe(0);
        expect([calls, kept(), node()?.running]).toEqual([calls, KEPT, state === 'running']);
        quiet();
        if (code !== 0) continue;
        expect(calls).toBeGreaterThan(10);
        return;
      }
    },
  );
});
