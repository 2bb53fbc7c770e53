import { describe, expect, test } from 'vitest';
import { findSiblings, peerSiblings } from '../../src/actions/peer-siblings.ts';
import { NodectlError } from '../../src/errors.ts';
import { readPeersFile } from '../../src/node/peers-file.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { chainSpec, privateNodes } from '../fakes/private-nodes.ts';

function nodes() {
  const made = privateNodes();
  const meet = (name: string) => peerSiblings(name, made.engine, made.world.clock);
  const remembered = (name: string) =>
    readPeersFile(made.engine.volumes.get(`nodectl-${name}`)?.files.get('nodectl/peers.toml')?.content.toString() ?? '');
  const enodeOf = (name: string) => {
    const address = Object.values(made.engine.containers.get(`nodectl-${name}`)?.observed.addresses ?? {})[0];
    return `enode://${made.consoles.key(`nodectl-${name}`)}@${address}:30303?discport=0`;
  };
  return { ...made, meet, remembered, enodeOf };
}

describe('the running nodes of a private chain', () => {
  test('are connected, and each remembers the others for its next start', async () => {
    const { add, meet, remembered, enodeOf } = nodes();
    for (const name of ['a', 'b', 'c']) await add(name);
    expect(await meet('c')).toEqual([
      { node: 'a', connected: true },
      { node: 'b', connected: true },
    ]);
    expect(remembered('c')).toEqual([enodeOf('a'), enodeOf('b')]);
    expect([remembered('a'), remembered('b')]).toEqual([[enodeOf('c')], [enodeOf('c')]]);
  });

  test('keep the peers they had, and forget the old address of a node that has another one now', async () => {
    const { add, meet, remembered, enodeOf, engine, consoles } = nodes();
    const far = `enode://${'ab'.repeat(64)}@203.0.113.7:30303`;
    for (const name of ['a', 'b']) await add(name);
    const old = `enode://${consoles.key('nodectl-b')}@172.31.0.99:30303`;
    consoles.kept.set('nodectl-a', [old]);
    consoles.kept.set('nodectl-b', [`enode://${consoles.key('nodectl-a')}@172.31.0.98:30303`]);
    await engine.putFiles(
      'nodectl-a',
      [{ path: '/data/nodectl/peers.toml', content: `StaticNodes = ["${far}", "${old}"]`, mode: 0o600 }],
      1000,
      1000,
    );
    expect(await meet('a')).toEqual([{ node: 'b', connected: true }]);
    expect(remembered('a')).toEqual([far, enodeOf('b')]);
    const before = engine.calls.length;
    await meet('a');
    expect(engine.calls.slice(before)).not.toContain('putFiles');
  });

  test('that are stopped, of another chain or of no private chain are left alone', async () => {
    const { add, meet, engine } = nodes();
    await add('a');
    await add('stopped');
    await engine.stopContainer('nodectl-stopped', 1);
    await add('other', chainSpec('d2'.repeat(32)));
    await add('public', {});
    const before = engine.calls.length;
    expect([await meet('a'), await meet('public'), await meet('stopped'), await meet('nobody')]).toEqual([[], [], [], []]);
    expect(engine.calls.slice(before)).not.toContain('exec');
  });

  test('that do not answer are told as not connected, and the others are connected all the same', async () => {
    const { add, meet, consoles } = nodes();
    for (const name of ['a', 'b', 'c']) await add(name);
    consoles.silent.add('nodectl-b');
    expect(await meet('a')).toEqual([
      { node: 'b', connected: false },
      { node: 'c', connected: true },
    ]);
    consoles.silent.add('nodectl-a');
    expect((await meet('a')).map(({ connected }) => connected)).toEqual([false, false]);
  });

  test('never make an up fail', async () => {
    for (const call of ['inspect', 'list', 'exec', 'readVolumeFile', 'putFiles']) {
      const { add, meet, engine } = nodes();
      for (const name of ['a', 'b']) await add(name);
      engine.failNext(call, new NodectlError('ENGINE_FAILED', 'no'));
      expect(await meet('a'), call).toBeInstanceOf(Array);
    }
  });
});

describe('a node that is about to start', () => {
  const far = `enode://${'ab'.repeat(64)}@203.0.113.7:30303`;
  const aboutToStart = async (over: Partial<NodeSpec>) => {
    const made = nodes();
    await made.add('server', { ...chainSpec(), lightPeers: 10 });
    await made.add('own', { ...chainSpec(), ...over });
    const old = `enode://${made.consoles.key('nodectl-server')}@172.31.0.99:30303`;
    const content = `StaticNodes = ["${far}", "${old}"]`;
    await made.engine.putFiles('nodectl-own', [{ path: '/data/nodectl/peers.toml', content, mode: 0o600 }], 1000, 1000);
    const own = await made.engine.inspect('nodectl-own');
    if (own === undefined) throw new Error('not made');
    await findSiblings(own, made.engine);
    return made;
  };

  test('remembers where its siblings are now', async () => {
    const { remembered, enodeOf } = await aboutToStart({});
    expect(remembered('own')).toEqual([far, enodeOf('server')]);
  });

  test('dials no sibling while it starts if it is a light client, and is told of them afterwards', async () => {
    const { remembered, enodeOf, meet } = await aboutToStart({ mode: 'light' });
    expect(remembered('own')).toEqual([far]);
    expect(await meet('own')).toEqual([{ node: 'server', connected: true }]);
    expect(remembered('own')).toEqual([far, enodeOf('server')]);
  });
});
