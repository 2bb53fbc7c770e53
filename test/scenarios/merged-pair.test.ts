import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DownReport } from '../../src/actions/down.ts';
import type { NodeInspection } from '../../src/actions/inspect-node.ts';
import type { PeerListReport } from '../../src/actions/list-peers.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { enodeKey } from '../../src/node/enode-address.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { announceHead, type Ipc, makeBlocks, openIpc } from '../engine-api-driver.ts';
import { mergedGenesis } from '../genesis-files.ts';
import { gethImage } from '../geth-image.ts';
import { requires } from '../require.ts';
import { chainNetworks, removeNodes } from './chain-view.ts';
import { nodectlJson } from './cli.ts';
import { engineGet, rpc, until } from './engine-view.ts';

// The volume with the IPC file is root's on the engine's host.
const able = await requires('docker', 'geth', 'root');
const MAKER = 'ts-merged-maker';
const FOLLOWER = 'ts-merged-follower';
const CHAIN_ID = 471_301;
const BLOCKS = 600;
const FEES = '0x00000000000000000000000000000000000000bb';

const folder = mkdtempSync(join(tmpdir(), 'nodectl-merged-'));
const genesis = join(folder, 'merged.json');

const up = (node: string, ...words: string[]) => nodectlJson<UpReport>(['up', '--name', node, ...words]);
const status = (node: string) => nodectlJson<NodeStatus>(['status', node]).catch(() => undefined);
const head = ({ spec }: UpReport) => Number(rpc<string>(spec.ports.http, 'eth_blockNumber'));
const hashOf = ({ spec }: UpReport) => rpc<{ hash: string }>(spec.ports.http, 'eth_getBlockByNumber', [`0x${BLOCKS.toString(16)}`, false]);
const networkOf = (node: string) =>
  Object.keys(engineGet<{ NetworkSettings: { Networks: object } }>(`/containers/nodectl-${node}/json`).NetworkSettings.Networks);

async function ipcOf(node: string): Promise<Ipc> {
  const { volume } = await nodectlJson<NodeInspection>(['inspect', node]);
  return openIpc(join(volume?.mountpoint ?? '', 'geth.ipc'));
}

describe.skipIf(!able)('two post-merge nodes of one genesis', { timeout: 120_000 }, () => {
  let maker: UpReport;
  let follower: UpReport;

  beforeAll(async () => {
    await removeNodes(FOLLOWER, MAKER);
    await gethImage('1.17.8');
    writeFileSync(genesis, mergedGenesis({ chainId: CHAIN_ID, fork: 'prague' }));
    maker = await up(MAKER, '--network', genesis, '--port', 'auto', '--memory', '512M');
    const ipc = await ipcOf(MAKER);
    await makeBlocks(ipc, BLOCKS, FEES);
    ipc.close();
    // A tenth of a CPU makes the sync last for seconds.
    follower = await up(FOLLOWER, '--network', genesis, '--syncmode', 'snap', '--port', 'auto', '--memory', '512M', '--cpus', '0.1');
  }, 600_000);
  afterAll(async () => {
    await removeNodes(FOLLOWER, MAKER);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('run on the pinned geth and have the engine API’s blocks', () => {
    expect([maker.spec.geth, follower.spec.geth]).toEqual(['1.17.8', '1.17.8']);
    expect(head(maker)).toBe(BLOCKS);
  });

  it('are peers by `up` alone, at the enode that `inspect` tells, in one network of their own', async () => {
    expect(follower.start?.siblings).toEqual([{ node: MAKER, connected: true }]);
    const { enode, chainNetwork } = await nodectlJson<NodeInspection>(['inspect', MAKER]);
    const { peers } = await nodectlJson<PeerListReport>(['peers', 'ls', FOLLOWER]);
    expect(peers.map((peer) => enodeKey(peer.enode))).toEqual([enodeKey(enode ?? '')]);
    expect([networkOf(MAKER), networkOf(FOLLOWER)]).toEqual([[chainNetwork], [chainNetwork]]);
  });

  it('waits for consensus while nobody tells it the head', async () => {
    expect(await nodectlJson<NodeStatus>(['status', FOLLOWER], { exit: 3 })).toMatchObject({ sync: { state: 'waiting-for-consensus' } });
  });

  it('snap-syncs with a progress that eth_syncing and `status` tell alike, to the same head', async () => {
    const [from, to] = await Promise.all([ipcOf(MAKER), ipcOf(FOLLOWER)]);
    expect(await announceHead(from, to)).toBe('SYNCING');
    let raw: { readonly highestBlock: string } | undefined;
    let told: NodeStatus | undefined;
    await until(
      async () => {
        const answer = await to.call<false | { highestBlock: string }>('eth_syncing', []);
        if (answer !== false && Number(answer.highestBlock) > 0) raw ??= answer;
        if (raw !== undefined && told === undefined) {
          const now = await status(FOLLOWER);
          if (now?.sync.state === 'syncing') told = now;
        }
        return head(follower) === BLOCKS ? true : undefined;
      },
      `block ${BLOCKS} on the follower`,
      60_000,
    );
    expect(Number(raw?.highestBlock)).toBe(BLOCKS);
    expect(raw).toHaveProperty('syncedAccounts');
    expect(told).toMatchObject({ healthy: true, sync: { state: 'syncing', highest: BLOCKS } });
    expect(hashOf(follower)).toMatchObject({ hash: hashOf(maker).hash });
    await until(async () => ((await to.call('eth_syncing', [])) === false ? true : undefined), 'the end of the sync', 60_000);
    expect(await status(FOLLOWER)).toMatchObject({ healthy: true, sync: { state: 'at-head' }, head: { number: BLOCKS }, peers: 1 });
    for (const ipc of [from, to]) ipc.close();
    expect((await up(FOLLOWER, '--cpus', '1')).drift).toMatchObject([{ field: 'cpus', live: true }]);
  });

  it('close in good order, and the last of them takes their network along, not before', async () => {
    const [network = ''] = networkOf(MAKER);
    await nodectlJson(['stop', MAKER]);
    expect(await nodectlJson<DownReport>(['down', FOLLOWER])).toMatchObject({ stop: { shutdown: { clean: true } } });
    expect(chainNetworks()).toContain(network);
    await nodectlJson(['start', MAKER]);
    expect(await nodectlJson<DownReport>(['down', MAKER])).toMatchObject({ stop: { shutdown: { clean: true } } });
    expect(chainNetworks()).not.toContain(network);
  });

  it('come back without the genesis file, with the head they had, as peers', async () => {
    rmSync(genesis);
    maker = await up(MAKER, '--port', 'auto');
    expect([maker.network, maker.spec.chainId, head(maker)]).toEqual(['merged', CHAIN_ID, BLOCKS]);
    follower = await up(FOLLOWER, '--port', 'auto');
    expect(head(follower)).toBe(BLOCKS);
    expect(follower.start).toMatchObject({ headFell: null, siblings: [{ node: MAKER, connected: true }] });
  });
});
