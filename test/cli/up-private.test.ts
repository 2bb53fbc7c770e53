import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { type Ran, type UpWorld, upWorld } from '../fakes/up-world.ts';

const SEALER = `0x${'5e'.repeat(20)}`;

/** A clique genesis of one sealer, whole for geth up to 1.13.15. */
function genesis(chainId: number, config: object = {}): string {
  const zero = `0x${'00'.repeat(32)}`;
  const blocks = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul', 'berlin'];
  return JSON.stringify({
    config: { chainId, ...Object.fromEntries(blocks.map((fork) => [`${fork}Block`, 0])), clique: { period: 1, epoch: 30_000 }, ...config },
    difficulty: '0x1',
    gasLimit: '0x7a1200',
    extraData: `${zero}${SEALER.slice(2)}${'00'.repeat(65)}`,
    alloc: { [SEALER.slice(2)]: { balance: '0x1' } },
  });
}

const OK = { exitCode: 0, stdout: 'Successfully wrote genesis state', stderr: '' };

let folder: string;
let file: (name: string, text: string, mode?: number) => string;
let world: UpWorld;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodectl-private-'));
  file = (name, text, mode = 0o600) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    return path;
  };
  world = upWorld();
  world.answers = { ...world.answers, eth_chainId: '0x1092' };
  world.engine.images.push(fakeImage('ethereum/client-go:v1.13.15'), fakeImage('ethereum/client-go:v1.12.0'));
  world.engine.tool = () => OK;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kinds = (ran: Ran) => (JSON.parse(ran.stdout) as UpReport).steps.map(({ kind }) => kind);
const code = (ran: Ran) => (JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '') as { error: { code: string } }).error.code;
const up = (...words: string[]) => world.nodectl('up', ...words, '--json');
/** What the engine holds, for proving that a refusal made nothing. */
const things = () => [...world.engine.containers.keys(), ...world.engine.volumes.keys(), ...world.engine.networks.keys()];

describe('up of a private chain', () => {
  test('makes it from its genesis, and knows it afterwards without the file', async () => {
    const path = file('office.json', genesis(4242));
    const first = await up('--network', path);
    expect(first.code).toBe(0);
    expect(kinds(first)).toContain('init-chain');
    rmSync(path);
    const again = await up('--name', 'office');
    expect(kinds(again)).toEqual([]);
    await world.nodectl('down', 'office');
    const anew = await up('--name', 'office');
    expect((JSON.parse(anew.stdout) as UpReport).spec).toMatchObject({ network: 'office', chainId: 4242, geth: '1.13.15' });
  });

  test('removes its network with its last node', async () => {
    const path = file('office.json', genesis(4242));
    await up('--network', path, '--name', 'a', '--port', 'auto');
    await up('--network', path, '--name', 'b', '--port', 'auto');
    expect(world.engine.networks.size).toBe(1);
    await world.nodectl('down', 'a');
    expect(world.engine.networks.size).toBe(1);
    await world.nodectl('down', 'b');
    expect(world.engine.networks.size).toBe(0);
  });

  test('never gives its volume to another genesis, nor to another network', async () => {
    await up('--network', file('office.json', genesis(4242)));
    const before = [...(world.engine.volumes.get('nodectl-office')?.files.entries() ?? [])];
    for (const network of [file('other.json', genesis(4243)), 'dev']) {
      for (const round of ['running', 'down']) {
        const refused = await up('--network', network, '--name', 'office');
        expect([round, refused.code, code(refused)]).toEqual([round, 2, 'WRONG_VOLUME']);
      }
    }
    await world.nodectl('down', 'office');
    expect(code(await up('--network', 'dev', '--name', 'office'))).toBe('WRONG_VOLUME');
    expect([...(world.engine.volumes.get('nodectl-office')?.files.entries() ?? [])]).toEqual(before);
  });

  test.each([
    ['Fatal: Failed to write genesis block: unsupported fork ordering: x', 'INVALID_GENESIS', 2, []],
    ['Fatal: Failed to write genesis block: database contains incompatible genesis (have a, new b)', 'WRONG_VOLUME', 2, ['nodectl-office']],
    ['Killed', 'GETH_REFUSED', 4, ['nodectl-office']],
  ])('where geth itself says %j it is %s and makes no container', async (said, error, exit, volumes) => {
    world.engine.tool = () => ({ exitCode: 1, stdout: '', stderr: said });
    const refused = await up('--network', file('office.json', genesis(4242)));
    expect([refused.code, code(refused)]).toEqual([exit, error]);
    expect(world.engine.containers.size).toBe(0);
    expect([...world.engine.volumes.keys()]).toEqual(volumes);
  });

  test('goes on where a killed run stopped before the genesis was written', async () => {
    const path = file('office.json', genesis(4242));
    world.engine.tool = () => ({ exitCode: 137, stdout: '', stderr: '' });
    await up('--network', path);
    world.engine.tool = () => OK;
    expect(kinds(await up('--network', path))).toContain('init-chain');
  });

  test.each([
    ['--mine without an account', ['--mine'], 'USAGE'],
    ['--mine without a password', ['--mine', '--etherbase', SEALER], 'USAGE'],
    ['an account that is none', ['--mine', '--etherbase', '0x12'], 'USAGE'],
    ['light in a version that has none', ['--syncmode', 'light', '--geth-version', '1.13.15'], 'UNSUPPORTED_MODE'],
    ['a version that cannot seal it', ['--geth-version', '1.17.8'], 'UNSUPPORTED_VERSION'],
    ['a part of its history', ['--history', 'postmerge'], 'UNSUPPORTED_OPTION'],
    ['another data folder', ['--', '--datadir', '/x'], 'USAGE'],
    ['an unlocked account', ['--', '--unlock', SEALER], 'USAGE'],
    ['a public HTTP address', ['--', '--http.addr=0.0.0.0'], 'USAGE'],
  ])('refuses %s, and makes nothing', async (_, words, error) => {
    const path = file('office.json', genesis(4242));
    const refused = await world.nodectl('up', '--json', '--network', path, ...words);
    expect([refused.code, code(refused)]).toEqual([2, error]);
    expect(things()).toEqual([]);
  });
});

describe('a network of somebody else under the name of the chain’s', () => {
  const LEFT = { theirs: 'yes' };
  const path = () => file('office.json', genesis(4242));

  test('is joined by no `up` and no start, and left alone by `down`', async () => {
    await up('--network', path());
    const [name = ''] = world.engine.networks.keys();
    await world.nodectl('stop', 'office');
    world.engine.networks.set(name, { name, labels: LEFT });
    for (const words of [
      ['up', '--network', path()],
      ['up', '--name', 'office'],
      ['start', 'office'],
      ['restart', 'office'],
    ]) {
      const refused = await world.nodectl(...words, '--json');
      expect([words[0], refused.code, code(refused)]).toEqual([words[0], 4, 'NAME_TAKEN']);
    }
    const down = await world.nodectl('down', 'office', '--volumes', '--yes', '--json');
    expect(JSON.parse(down.stdout)).toMatchObject({ leftAlone: [{ kind: 'network', name }] });
    expect(code(await up('--network', path()))).toBe('NAME_TAKEN');
    expect([things(), world.engine.networks.get(name)?.labels]).toEqual([[name], LEFT]);
  });

  test('is nothing to a node of another chain', async () => {
    const name = 'nodectl-chain-0123456789ab';
    world.engine.networks.set(name, { name, labels: LEFT });
    expect((await up('--network', path())).code).toBe(0);
    expect(JSON.parse((await world.nodectl('down', 'office', '--json')).stdout)).toMatchObject({ leftAlone: [] });
  });
});

describe('a sealer', () => {
  const seal = () => ['--network', join(folder, 'office.json'), '--mine', '--etherbase', SEALER.toUpperCase().replace('0X', '0x')];

  test('has its password in the volume alone', async () => {
    file('office.json', genesis(4242));
    const made = await up(...seal(), '--password-file', file('password', 'geheim wort\n'));
    expect(made.code).toBe(0);
    expect(world.engine.volumes.get('nodectl-office')?.files.get('nodectl/sealer-password')).toMatchObject({
      content: 'geheim wort\n',
      mode: 0o600,
    });
    const [container] = world.engine.containers.values();
    expect(
      JSON.stringify([container?.spec, made.stdout, made.stderr, [...world.engine.volumes.values()].map(({ labels }) => labels)]),
    ).not.toContain('geheim');
  });

  test('stays one when `up` runs again, and takes another password when it is given one', async () => {
    file('office.json', genesis(4242));
    const password = file('password', 'one\n');
    await up(...seal(), '--password-file', password);
    expect(kinds(await up('--name', 'office'))).toEqual([]);
    expect(kinds(await up(...seal(), '--password-file', password))).toEqual([]);
    expect(kinds(await up('--name', 'office', '--password-file', file('password', 'two\n')))).toEqual(['prepare-volume']);
    expect(world.engine.volumes.get('nodectl-office')?.files.get('nodectl/sealer-password')?.content).toBe('two\n');
  });
});

describe('a chain that a newer geth wrote', () => {
  test('is not opened by an older one, also when only its volume is left', async () => {
    world.answers = { ...world.answers, eth_chainId: '0x539' };
    world.engine.images.push(fakeImage('ethereum/client-go:v1.13.15'));
    await up('--network', 'dev');
    const volume = JSON.stringify([...(world.engine.volumes.get('nodectl-dev')?.files ?? [])]);
    for (const round of ['running', 'down']) {
      if (round === 'down') await world.nodectl('down', 'dev');
      const refused = await up('--name', 'dev', '--geth-version', '1.13.15');
      expect([round, refused.code, code(refused)]).toEqual([round, 2, 'WRONG_VOLUME']);
    }
    expect(JSON.stringify([...(world.engine.volumes.get('nodectl-dev')?.files ?? [])])).toBe(volume);
  });

  test('is remembered as such after an upgrade and the end of the container', async () => {
    world.answers = { ...world.answers, eth_chainId: '0x539' };
    world.engine.images.push(fakeImage('ethereum/client-go:v1.14.13'));
    await up('--network', 'dev', '--geth-version', '1.14.13');
    await up('--name', 'dev', '--geth-version', '1.17.8');
    await world.nodectl('down', 'dev');
    expect(code(await up('--name', 'dev', '--geth-version', '1.14.13'))).toBe('WRONG_VOLUME');
  });
});
