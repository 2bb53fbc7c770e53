import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PeerChange } from '../../src/actions/change-peers.ts';
import type { NodeInspection } from '../../src/actions/inspect-node.ts';
import type { AccountList } from '../../src/actions/list-accounts.ts';
import type { PeerListReport } from '../../src/actions/list-peers.ts';
import type { NewAccountReport } from '../../src/actions/new-account.ts';
import type { StartedReport } from '../../src/actions/start.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl, nodectlJson } from './cli.ts';

const able = await requires('docker', 'geth');
const [SEALER, FOLLOWER] = ['ts-peers-sealer', 'ts-peers-follower'];

describe.skipIf(!able)('two nodes of a private chain on one engine', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-peers-'));
  const [genesis, password] = [join(folder, 'genesis.json'), join(folder, 'password')];
  const clear = () => Promise.all([SEALER, FOLLOWER].map((node) => nodectl(['down', node, '--volumes', '--yes'])));
  const up = (node: string, ...more: string[]) =>
    nodectlJson<UpReport>(['up', '--name', node, '--network', genesis, '--port', 'auto', '--memory', '512M', ...more]);
  const inspect = (node: string) => nodectlJson<NodeInspection>(['inspect', node]);
  const peers = async (node: string) => (await nodectlJson<PeerListReport>(['peers', 'ls', node])).peers;

  beforeAll(clear, 60_000);
  afterAll(async () => {
    await clear();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('begin with an account that its genesis can name before there is any node', { timeout: 600_000 }, async () => {
    writeFileSync(password, 'pass word\n', { mode: 0o600 });
    const account = await nodectlJson<NewAccountReport>(['account', 'new', SEALER, '--password-file', password]);
    const config = { chainId: 770_401, clique: { period: 2, epoch: 30_000 } };
    const forks = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul'];
    const blocks = Object.fromEntries(forks.map((fork) => [`${fork}Block`, 0]));
    const extraData = `0x${'00'.repeat(32)}${account.address.slice(2)}${'00'.repeat(65)}`;
    writeFileSync(
      genesis,
      JSON.stringify({ config: { ...config, ...blocks }, difficulty: '1', gasLimit: '8000000', extraData, alloc: {} }),
    );
    await up(SEALER, '--mine', '--etherbase', account.address, '--password-file', password);
    // The node is running: geth 1.9 would not look at its data directory now.
    expect((await nodectlJson<AccountList>(['account', 'list', SEALER])).accounts).toEqual([
      { address: account.address, keyFile: account.keyFile },
    ]);
  });

  it('are connected by up, over a network of their own and without a published port', async () => {
    expect((await up(FOLLOWER)).start?.siblings).toEqual([{ node: SEALER, connected: true }]);
    const [sealer, follower] = [await inspect(SEALER), await inspect(FOLLOWER)];
    validatesAgainst('inspect', follower);
    expect(follower.chainNetwork).toBe(sealer.chainNetwork);
    expect(follower.container?.ports.map(({ containerPort }) => containerPort).sort()).toEqual([8545, 8546]);
    expect(follower.enode).toContain(`@${follower.container?.addresses[follower.chainNetwork ?? '']}:30303`);
    expect(await peers(SEALER)).toMatchObject([
      { address: expect.stringContaining(Object.values(follower.container?.addresses ?? {})[0] ?? '-') },
    ]);
  });

  it('find each other again though the engine gave each the address of the other', async () => {
    const before = (await inspect(SEALER)).container?.addresses;
    for (const node of [SEALER, FOLLOWER]) await nodectl(['stop', node]);
    await nodectlJson<StartedReport>(['start', FOLLOWER]);
    await nodectlJson<StartedReport>(['start', SEALER]);
    expect((await inspect(FOLLOWER)).container?.addresses).toEqual(before);
    // A geth that dialled the old address dials the same node again after 35 seconds.
    await expect.poll(async () => (await peers(SEALER)).length, { timeout: 60_000, interval: 500 }).toBe(1);
  });

  it('part, and their geths take no word that is no enode', async () => {
    expect(await nodectlJson<PeerChange>(['peers', 'remove', SEALER, FOLLOWER])).toMatchObject({ connected: false, lasting: true });
    expect([await peers(SEALER), await peers(FOLLOWER)]).toEqual([[], []]);
    const { code } = await nodectl(['peers', 'add', SEALER, `enode://${'ab'.repeat(64)}@1.2.3.4:1");admin.stopHTTP();("`]);
    expect(code).toBe(2);
  });
});
