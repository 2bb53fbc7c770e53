import { describe, expect, test } from 'vitest';
import { readPeersFile } from '../../src/node/peers-file.ts';
import { chainSpec, privateNodes } from '../fakes/private-nodes.ts';
import { validatesAgainst } from '../schema.ts';

const MIB = 2 ** 20;
const FAR = `enode://${'ab'.repeat(64)}@203.0.113.7:30303`;

function nodes() {
  const made = privateNodes();
  /** The exit code and the JSON of a command, which fits its published schema. */
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await made.nodectl(...words, '--json');
    const document = JSON.parse(stdout || stderr);
    validatesAgainst(stdout === '' ? 'error' : words[0] === 'inspect' ? 'inspect' : words.slice(0, 2).join(' '), document);
    return { code, document };
  };
  const remembered = (name: string) =>
    readPeersFile(made.engine.volumes.get(`nodectl-${name}`)?.files.get('nodectl/peers.toml')?.content.toString() ?? '');
  return { ...made, run, remembered };
}

describe('peers', () => {
  test('of two nodes of a chain are added by name, listed, and removed on both sides', async () => {
    const { add, run, remembered, consoles } = nodes();
    for (const name of ['a', 'b']) await add(name);
    expect(await run('peers', 'ls', 'a')).toEqual({ code: 0, document: { node: 'a', clients: [], peers: [] } });
    const added = await run('peers', 'add', 'a', 'b');
    expect(added).toMatchObject({ code: 0, document: { node: 'a', peerNode: 'b', connected: true, lasting: true } });
    expect(remembered('a')).toEqual([added.document.peer]);
    expect((await run('peers', 'ls', 'b')).document).toMatchObject({
      clients: [{ client: 'Geth', peers: 1 }],
      peers: [{ client: 'Geth/v1.13.15' }],
    });
    expect(remembered('b').length).toBe(1);
    await run('peers', 'add', 'b', 'a');
    await run('peers', 'add', 'a', 'b');
    expect(remembered('a').length).toBe(1);
    expect(await run('peers', 'remove', 'a', 'b')).toMatchObject({ code: 0, document: { connected: false, lasting: true } });
    expect([remembered('a'), remembered('b'), consoles.kept.get('nodectl-b')]).toEqual([[], [], []]);
  });

  test('are shown under the client that they run', async () => {
    const { add, run, nodectl } = nodes();
    for (const name of ['a', 'b', 'c']) await add(name);
    for (const name of ['b', 'c']) await run('peers', 'add', 'a', name);
    const { stdout } = await nodectl('peers', 'ls', 'a');
    expect(stdout.match(/^Geth \(2\) +v1\.13\.15 /gm)).toHaveLength(1);
    expect(stdout.match(/^ +v1\.13\.15 /gm)).toHaveLength(1);
  });

  test('are not asked for where geth has no room for the question, unless one insists', async () => {
    const { add, run, engine } = nodes();
    for (const name of ['a', 'b']) await add(name, { ...chainSpec(), memory: 512 * MIB, swap: 0 });
    const tight = engine.containers.get('nodectl-b')?.id;
    engine.usage = async (id) => ({ memory: (id === tight ? 505 : 100) * MIB, swap: 0, cpuNanoseconds: 1 });
    const asked = () => engine.calls.filter((call) => call === 'exec').length;
    for (const words of [
      ['ls', 'b'],
      ['add', 'b', FAR],
      ['remove', 'b', FAR],
    ]) {
      expect(await run('peers', ...words)).toMatchObject({ code: 4, document: { error: { code: 'NO_ROOM' } } });
    }
    expect((await run('inspect', 'b')).document).toMatchObject({ enode: null, enodeMissing: expect.stringMatching(/./) });
    expect(asked()).toBe(0);
    expect(await run('peers', 'add', 'a', 'b')).toMatchObject({ code: 4, document: { error: { code: 'NO_ROOM' } } });
    expect((await run('peers', 'add', 'a', 'b', '--force')).code).toBe(0);
    expect((await run('peers', 'ls', 'b', '--force')).code).toBe(0);
  });

  test('that cannot be reached are added, and said not to be connected', async () => {
    const { add, run, remembered } = nodes();
    await add('a');
    expect(await run('peers', 'add', 'a', FAR)).toMatchObject({ code: 0, document: { connected: false, peerNode: null } });
    expect(remembered('a')).toEqual([FAR]);
  });

  test('of a public network last until geth restarts, and are of the same network', async () => {
    const { add, run, remembered } = nodes();
    await add('main', { network: 'mainnet', ports: { http: 1, ws: 2, p2p: 30303 } });
    expect(await run('peers', 'add', 'main', FAR)).toMatchObject({ code: 0, document: { lasting: false } });
    expect(remembered('main')).toEqual([]);
    // They could reach each other: both are in the engine's default network.
    await add('sepolia', { network: 'sepolia', chainId: 11_155_111, ports: { http: 3, ws: 4, p2p: 30304 } });
    expect(await run('peers', 'add', 'main', 'sepolia')).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
  });

  test('are refused where they cannot be', async () => {
    const { add, run, engine } = nodes();
    await add('a');
    await add('dev', {});
    await add('other', chainSpec('d2'.repeat(32)));
    await add('stopped');
    await engine.stopContainer('nodectl-stopped', 1);
    const own = `enode://${Buffer.from('nodectl-a').toString('hex').padEnd(128, '0')}@127.0.0.1:30303`;
    const refusals: [string[], number, string][] = [
      [['ls', 'dev'], 2, 'UNSUPPORTED_OPTION'],
      [['ls', 'stopped'], 4, 'NODE_NOT_RUNNING'],
      [['ls', 'nobody'], 5, 'NO_SUCH_NODE'],
      [['add', 'nobody', FAR], 5, 'NO_SUCH_NODE'],
      [['add', 'a', 'nobody'], 5, 'NO_SUCH_NODE'],
      [['add', 'a', 'a'], 2, 'USAGE'],
      [['add', 'a', own], 2, 'USAGE'],
      [['add', 'a', 'other'], 2, 'USAGE'],
      [['add', 'a', 'stopped'], 4, 'NODE_NOT_RUNNING'],
      [['add', 'a', 'dev'], 2, 'UNSUPPORTED_OPTION'],
      [['add', 'a', FAR.replace('203.0.113.7', 'refused')], 4, 'GETH_REFUSED'],
    ];
    for (const [words, code, error] of refusals) {
      expect(await run('peers', ...words), words.join(' ')).toMatchObject({ code, document: { error: { code: error } } });
    }
  });

  test('that are no enodes never reach geth', async () => {
    const { add, run, engine, consoles } = nodes();
    await add('a');
    const before = engine.calls.length;
    const words = [
      '',
      '");process.exit()//',
      `${FAR}"`,
      `${FAR}\n`,
      `enode://${'ab'.repeat(5_000)}@1.2.3.4:1`,
      'enode://ü@1.2.3.4:1',
      FAR.replace('203', '999'),
    ];
    for (const word of words)
      expect(await run('peers', 'add', 'a', word)).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
    expect(consoles.kept.size).toBe(0);
    expect(engine.calls.slice(before)).not.toContain('putFiles');
  });

  test('of a geth without IPC file are GETH_REFUSED', async () => {
    const { add, run, consoles } = nodes();
    await add('a');
    consoles.silent.add('nodectl-a');
    expect(await run('peers', 'ls', 'a')).toMatchObject({ code: 4, document: { error: { code: 'GETH_REFUSED' } } });
  });
});

describe('inspect', () => {
  test('shows a running node with its enode at the address of its container', async () => {
    const { add, run, consoles } = nodes();
    await add('a');
    const { code, document } = await run('inspect');
    const address = document.container.addresses[document.chainNetwork];
    expect(code).toBe(0);
    expect(document).toMatchObject({
      node: 'a',
      chainId: 77001,
      genesis: 'c1'.repeat(32),
      volume: { name: 'nodectl-a' },
      publishedEnode: null,
    });
    expect(document.enode).toBe(`enode://${consoles.key('nodectl-a')}@${address}:30303?discport=0`);
  });

  test('shows a stopped node, one that does not answer and one of which only the volume is left, and why they have no enode', async () => {
    const { add, run, engine, consoles } = nodes();
    await add('a');
    consoles.silent.add('nodectl-a');
    const missing = { code: 0, document: { enode: null, enodeMissing: expect.any(String) } };
    expect(await run('inspect', 'a')).toMatchObject(missing);
    await engine.stopContainer('nodectl-a', 1);
    expect(await run('inspect', 'a')).toMatchObject(missing);
    await engine.removeContainer('nodectl-a', { force: true });
    expect(await run('inspect', 'a')).toMatchObject({
      ...missing,
      document: { container: null, spec: null, volume: { name: 'nodectl-a' } },
    });
    expect(await run('inspect', 'nobody')).toMatchObject({ code: 5 });
  });

  test('shows no secret that the user gave to geth', async () => {
    const { add, nodectl } = nodes();
    await add('a', { ...chainSpec(), extra: ['--ethstats', 'a:S3CRET@host'] });
    for (const words of [
      ['inspect', 'a'],
      ['inspect', 'a', '--json'],
    ])
      expect((await nodectl(...words)).stdout).not.toContain('S3CRET');
  });
});
