import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewAccountReport } from '../../src/actions/new-account.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { cliqueGenesis, mergedGenesis } from '../genesis-files.ts';
import { gethImage } from '../geth-image.ts';
import { requires } from '../require.ts';
import { chainNetworks, removeNodes, volumePrint } from './chain-view.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineVolume, rpc, until } from './engine-view.ts';

/** What is typed after `up --name …`, the exit code and the error's code. */
type Row = readonly [what: string, words: readonly string[], exit: number, code: string];

const able = await requires('docker', 'geth', 'root');
const NEW = 'ts-refused';
const [SEALED, MERGED, DEV, PUBLIC] = ['ts-refused-sealed', 'ts-refused-merged', 'ts-refused-dev', 'ts-refused-public'];
const A = `0x${'a1'.repeat(20)}`;

const folder = mkdtempSync(join(tmpdir(), 'nodectl-refusals-'));
/** All by one name, so that the engine's networks of them are found. */
const NETWORK = 'ts-refused';
function file(text: string, mode = 0o600, name?: string): string {
  const path = join(mkdtempSync(join(folder, 'f')), name ?? `${NETWORK}.json`);
  writeFileSync(path, text, { mode });
  return path;
}

const clique = file(cliqueGenesis({ signers: [A] }));
const merged = file(mergedGenesis());
const password = file('a password\n');

type Tree = Record<string, unknown>;
function changed(text: string, top: Tree, config: Tree = {}): string {
  const tree = JSON.parse(text) as Tree;
  return file(JSON.stringify({ ...tree, config: { ...(tree.config as Tree), ...config }, ...top }));
}
const profile = (fields: Tree) => file(JSON.stringify({ kind: 'private', name: NETWORK, ...fields }), 0o600, 'profile.yaml');
const network = (path: string, ...words: string[]) => ['--network', path, ...words];
const mine = ['--mine', '--etherbase', A, '--password-file', password];

const MODES: readonly Row[] = [
  [
    'light on a geth that starts but never syncs',
    network(clique, '--syncmode', 'light', '--geth-version', '1.13.0'),
    2,
    'UNSUPPORTED_MODE',
  ],
  ['light on 1.13.15', network(clique, '--syncmode', 'light', '--geth-version', '1.13.15'), 2, 'UNSUPPORTED_MODE'],
  ['light on a post-merge chain', network(merged, '--syncmode', 'light'), 2, 'UNSUPPORTED_MODE'],
  ['light on a post-merge chain with 1.17.8', network(merged, '--syncmode', 'light', '--geth-version', '1.17.8'), 2, 'UNSUPPORTED_MODE'],
  ['light on mainnet by a version of geth', network('mainnet', '--syncmode', 'light', '--geth-version', '1.12.0'), 2, 'UNSUPPORTED_OPTION'],
  ['a light server on 1.13.15', network(clique, '--light-peers', '5', '--geth-version', '1.13.15'), 2, 'UNSUPPORTED_OPTION'],
  ['a light server on mainnet', network('mainnet', '--light-peers', '5'), 2, 'UNSUPPORTED_OPTION'],
  ['a clique chain with 1.14.13', network(clique, '--geth-version', '1.14.13'), 2, 'UNSUPPORTED_VERSION'],
  ['a clique chain with 1.17.8', network(clique, '--geth-version', '1.17.8'), 2, 'UNSUPPORTED_VERSION'],
  ['a post-merge chain with 1.12.0', network(merged, '--geth-version', '1.12.0'), 2, 'UNSUPPORTED_VERSION'],
  ['a part of the history of a private chain', network(merged, '--history', 'postmerge'), 2, 'UNSUPPORTED_OPTION'],
];

const MINING: readonly Row[] = [
  ['mining on mainnet', network('mainnet', ...mine), 2, 'UNSUPPORTED_OPTION'],
  ['mining on a post-merge chain', network(merged, ...mine), 2, 'UNSUPPORTED_OPTION'],
  ['mining with 1.14.13', network(clique, ...mine, '--geth-version', '1.14.13'), 2, 'UNSUPPORTED_VERSION'],
  ['mining by a light client', network(clique, ...mine, '--syncmode', 'light'), 2, 'UNSUPPORTED_OPTION'],
  ['mining for nobody', network(clique, '--mine', '--password-file', password), 2, 'USAGE'],
  ['an account without mining', network(clique, '--etherbase', A), 2, 'USAGE'],
  ['an account that is none', network(clique, '--mine', '--etherbase', '0xa1', '--password-file', password), 2, 'USAGE'],
  ['mining without a password', network(clique, '--mine', '--etherbase', A), 2, 'USAGE'],
  ['a password file that others may read', network(clique, '--mine', '--etherbase', A, '--password-file', file('x\n', 0o644)), 2, 'USAGE'],
  ['an empty password file', network(clique, '--mine', '--etherbase', A, '--password-file', file('')), 2, 'USAGE'],
  ['a password file that is not there', network(clique, '--mine', '--etherbase', A, '--password-file', '/nonexistent'), 2, 'USAGE'],
];

const CLIQUE = cliqueGenesis({ signers: [A] });
const GENESES: readonly Row[] = [
  ['no genesis file', network(join(folder, 'nothing.json')), 5, 'NO_SUCH_PROFILE'],
  ['a genesis that is cut', network(file(CLIQUE.slice(0, 200))), 2, 'INVALID_GENESIS'],
  ['an empty genesis', network(file('')), 2, 'INVALID_GENESIS'],
  ['a genesis of 20 MiB', network(changed(CLIQUE, { note: 'x'.repeat(20 * 1024 ** 2) })), 2, 'INVALID_GENESIS'],
  ['a genesis nested without end', network(file(`{"config":${'['.repeat(100_000)}`)), 2, 'INVALID_GENESIS'],
  ['forks in the wrong order', network(changed(CLIQUE, {}, { byzantiumBlock: 10, constantinopleBlock: 5 })), 2, 'INVALID_GENESIS'],
  ['blobs without a schedule', network(changed(mergedGenesis(), {}, { blobSchedule: undefined })), 2, 'INVALID_GENESIS'],
  ['the chain id of mainnet', network(changed(CLIQUE, {}, { chainId: 1 })), 2, 'INVALID_GENESIS'],
  ['the chain id of sepolia', network(changed(CLIQUE, {}, { chainId: 11_155_111 })), 2, 'INVALID_GENESIS'],
  ['no chain id', network(changed(CLIQUE, {}, { chainId: undefined })), 2, 'INVALID_GENESIS'],
  ['no gas limit', network(changed(CLIQUE, { gasLimit: undefined })), 2, 'INVALID_GENESIS'],
  ['a clique chain without signers', network(changed(CLIQUE, { extraData: '0x' })), 2, 'INVALID_GENESIS'],
  ['a genesis by the name of a network', network(file(CLIQUE, 0o600, 'mainnet.json')), 2, 'INVALID_GENESIS'],
  ['a folder as genesis', network(join(folder, 'f.json')), 5, 'NO_SUCH_PROFILE'],
  ['bootnodes that are no enodes', network(profile({ genesis: clique, bootnodes: ['10.0.0.1:30303'] })), 2, 'INVALID_PROFILE'],
  [
    'an enode without a port',
    network(profile({ genesis: clique, staticPeers: [`enode://${'ab'.repeat(64)}@10.0.0.1`] })),
    2,
    'INVALID_PROFILE',
  ],
  ['another chain id than the genesis has', network(profile({ genesis: clique, chainId: 99 })), 2, 'INVALID_PROFILE'],
  ['a profile whose genesis is not there', network(profile({ genesis: './nothing.json' })), 5, 'NO_SUCH_PROFILE'],
];

const WORDS: readonly Row[] = (
  [
    ['--datadir', '/tmp'],
    ['--http.addr', '0.0.0.0'],
    ['--unlock', A],
    ['--unlock=0'],
    ['--password', '/etc/passwd'],
    ['--allow-insecure-unlock'],
    ['--mine'],
    ['--networkid', '1'],
    ['--syncmode', 'light'],
    ['--config', '/data/other.toml'],
    ['--keystore', '/tmp'],
    ['--bootnodes', 'enode://x'],
    ['--light.serve', '100'],
    ['--state.scheme', 'path'],
    ['--db.engine', 'pebble'],
    ['--http.api', 'eth,personal'],
    ['removedb'],
  ] as const
).map((words) => [`-- ${words.join(' ')}`, network(clique, '--', ...words), 2, 'USAGE'] as const);

async function refusal(node: string, words: readonly string[]) {
  const { code, stdout, stderr } = await nodectl(['up', '--json', '--name', node, ...words]);
  const document = JSON.parse(stderr.trim().split('\n').at(-1) || '{}') as { error?: { code: string; message: string; hint: string } };
  return { exit: code, code: document.error?.code ?? 'none', stdout, error: document.error };
}

describe.skipIf(!able)('what cannot be is refused before there is anything', { timeout: 60_000 }, () => {
  beforeAll(() => removeNodes(NEW), 60_000);
  afterAll(() => removeNodes(NEW), 60_000);

  it.each([...MODES, ...MINING, ...GENESES, ...WORDS])('%s', async (_what, words, exit, code) => {
    const refused = await refusal(NEW, words);
    expect(refused).toMatchObject({ exit, code, stdout: '', error: { hint: expect.stringMatching(/\S/) } });
    // One clear message: no dump of the file, no stack.
    expect(refused.error?.message.length).toBeLessThan(500);
    expect(belongings(NEW)).toEqual({ containers: [], volumes: [] });
    expect(chainNetworks(NETWORK)).toEqual([]);
  });
});

describe.skipIf(!able)('a genesis that only geth refuses', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await removeNodes(NEW);
    await gethImage('1.13.15');
  }, 600_000);
  afterAll(() => removeNodes(NEW), 60_000);

  it('leaves nothing of the volume that was made for it', async () => {
    // A field of geth's tests that geth reads in every genesis.
    const genesis = changed(CLIQUE, { alloc: { [A]: { balance: '0x0', secretKey: 'no hexadecimal number' } } });
    expect(await refusal(NEW, network(genesis))).toMatchObject({ exit: 2, code: 'INVALID_GENESIS', stdout: '' });
    expect(belongings(NEW)).toEqual({ containers: [], volumes: [] });
    expect(chainNetworks(NETWORK)).toEqual([]);
  });

  it('leaves an account that was made before where it is', async () => {
    const { address } = await nodectlJson<NewAccountReport>(['account', 'new', NEW, '--password-file', password]);
    const before = volumePrint(NEW);
    const genesis = changed(cliqueGenesis({ signers: [address] }), { alloc: { [A]: { balance: '0x0', secretKey: 5 } } });
    const words = network(genesis, '--mine', '--etherbase', address, '--password-file', password);
    expect(await refusal(NEW, words)).toMatchObject({ exit: 2, code: 'INVALID_GENESIS', stdout: '' });
    const keys = (print: string) => print.split('\n').filter((line) => line.includes('keystore/'));
    expect(keys(volumePrint(NEW))).toEqual(keys(before));
    expect(belongings(NEW)).toMatchObject({ containers: [], volumes: [`nodectl-${NEW}`] });
  });
});

describe.skipIf(!able)('a sealer that geth cannot unlock', { timeout: 120_000 }, () => {
  beforeAll(() => removeNodes(NEW), 60_000);
  afterAll(() => removeNodes(NEW), 60_000);

  it('does not pass for one that is up, and is after the right password', async () => {
    const { address } = await nodectlJson<NewAccountReport>(['account', 'new', NEW, '--password-file', password]);
    const genesis = file(cliqueGenesis({ signers: [address] }));
    const words = (secret: string) => network(genesis, '--mine', '--etherbase', address, '--port', 'auto', '--password-file', secret);
    expect(await refusal(NEW, words(file('another\n')))).toMatchObject({ exit: 7, code: 'CONTAINER_DIED', stdout: '' });
    await nodectlJson(['stop', NEW], { exit: 3 });
    const { spec } = await nodectlJson<UpReport>(['up', '--name', NEW, ...words(password)]);
    await until(() => (Number(rpc<string>(spec.ports.http, 'eth_blockNumber')) > 1 ? true : undefined), 'blocks of the sealer');
  });
});

describe.skipIf(!able)('a volume with another chain in it', { timeout: 120_000 }, () => {
  const NODES = [SEALED, MERGED, DEV, PUBLIC];
  const other = file(cliqueGenesis({ signers: [A], chainId: 4799 }));

  beforeAll(async () => {
    await removeNodes(...NODES);
    for (const version of ['1.12.0', '1.16.9', '1.17.8']) await gethImage(version);
    const up = (node: string, ...words: string[]) =>
      nodectlJson<UpReport>(['up', '--name', node, '--port', 'auto', '--memory', '512M', ...words]);
    await up(SEALED, '--network', clique, '--geth-version', '1.12.0');
    await up(MERGED, '--network', merged, '--geth-version', '1.16.9', '--syncmode', 'snap');
    await up(DEV, '--network', 'dev');
    for (const node of [SEALED, MERGED, DEV]) await nodectlJson(['down', node]);
    engineVolume(`nodectl-${PUBLIC}`, { 'nodectl.node': PUBLIC, 'nodectl.role': 'execution', 'nodectl.network': 'sepolia' });
  }, 900_000);
  afterAll(async () => {
    await removeNodes(...NODES);
    rmSync(folder, { recursive: true });
  }, 60_000);

  const HELD: readonly (readonly [what: string, node: string, words: readonly string[], code: string])[] = [
    ['another genesis of the same name', SEALED, network(other), 'WRONG_VOLUME'],
    ['a post-merge genesis on a clique chain', SEALED, network(merged), 'WRONG_VOLUME'],
    ['a public network on a private chain', SEALED, network('mainnet'), 'WRONG_VOLUME'],
    ['a genesis on a dev chain', DEV, network(clique, '--geth-version', '1.12.0'), 'WRONG_VOLUME'],
    ['a public network on a dev chain', DEV, network('hoodi'), 'WRONG_VOLUME'],
    ['dev on a public chain', PUBLIC, network('dev'), 'WRONG_VOLUME'],
    ['another public network on a public chain', PUBLIC, network('hoodi'), 'WRONG_VOLUME'],
    ['a genesis on a public chain', PUBLIC, network(merged), 'WRONG_VOLUME'],
    ['an older geth that does not know the database', MERGED, network(merged, '--geth-version', '1.13.15'), 'WRONG_VOLUME'],
    ['an older geth, without the genesis said again', MERGED, ['--geth-version', '1.14.13'], 'WRONG_VOLUME'],
    ['a geth from before the chain’s forks', MERGED, ['--geth-version', '1.12.0'], 'UNSUPPORTED_VERSION'],
    ['an archive of a state kept by path', MERGED, ['--geth-version', '1.15.11', '--syncmode', 'archive'], 'UNSUPPORTED_MODE'],
    ['a newer geth that does not run clique', SEALED, ['--geth-version', '1.17.8'], 'UNSUPPORTED_VERSION'],
  ];

  it.each(HELD)('is left as it is by %s', async (_what, node, words, code) => {
    const before = [volumePrint(node), belongings(node)];
    expect(await refusal(node, words)).toMatchObject({ exit: 2, code, stdout: '' });
    expect([volumePrint(node), belongings(node)]).toEqual(before);
    expect(belongings(node)).toMatchObject({ containers: [], volumes: [`nodectl-${node}`] });
    expect(chainNetworks(NETWORK)).toEqual([]);
  });

  it('does not stop the node that runs on it', async () => {
    const { spec } = await nodectlJson<UpReport>(['up', '--name', MERGED, '--syncmode', 'snap', '--port', 'auto']);
    const { containers } = belongings(MERGED);
    for (const words of [network(other), network('dev'), ['--geth-version', '1.13.15'], ['--', '--datadir', '/tmp']]) {
      expect(await refusal(MERGED, words)).toMatchObject({ exit: 2, stdout: '' });
    }
    expect(belongings(MERGED).containers.map(({ Id, State }) => [Id, State])).toEqual(containers.map(({ Id }) => [Id, 'running']));
    expect(rpc(spec.ports.http, 'eth_chainId')).toBe(`0x${spec.chainId.toString(16)}`);
  });
});
