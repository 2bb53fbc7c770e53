import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DownReport } from '../../src/actions/down.ts';
import type { PeerListReport } from '../../src/actions/list-peers.ts';
import type { NewAccountReport } from '../../src/actions/new-account.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { chainNetworkName } from '../../src/node/names.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { cliqueGenesis } from '../genesis-files.ts';
import { gethImage } from '../geth-image.ts';
import { requires } from '../require.ts';
import { chainNetworks, removeNodes, type SealedBlock, sealerOf } from './chain-view.ts';
import { nodectlJson } from './cli.ts';
import { engineGet, receipt, rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth', 'root');
const SERVER = 'ts-les-server';
const CLIENT = 'ts-les-client';
const FULL = 'ts-les-full';
const CHAIN_ID = 471_101;
const ETHER = 10n ** 18n;
const GAS_PRICE = 3n * 10n ** 9n;
const TRANSFER_GAS = 21_000n;
/** A key that owns what the test's genesis gives it, and nothing anywhere else. */
const RICH = new Wallet(`0x${'4e'.repeat(32)}`);

const folder = mkdtempSync(join(tmpdir(), 'nodectl-clique-'));
const genesis = join(folder, 'les.json');
const password = join(folder, 'password');

const head = (port: number) => Number(rpc<string>(port, 'eth_blockNumber'));
const balance = (port: number, address: string) => BigInt(rpc<string>(port, 'eth_getBalance', [address, 'latest']));
const peersOf = (node: string) => nodectlJson<PeerListReport>(['peers', 'ls', node]);
const up = (node: string, ...words: string[]) =>
  nodectlJson<UpReport>(['up', '--network', genesis, '--name', node, '--port', 'auto', '--memory', '512M', ...words]);
const reaches = (port: number, number: number, timeoutMs = 20_000) =>
  until(() => (head(port) >= number ? true : undefined), `block ${number} on port ${port}`, timeoutMs);

interface Inspect {
  readonly State: { readonly Pid: number };
  readonly NetworkSettings: { readonly Ports: Readonly<Record<string, object | null>>; readonly Networks: object };
}

describe.skipIf(!able)('a clique chain with a light server and a light node', { timeout: 120_000 }, () => {
  let sealer: string;
  let server: UpReport;
  let client: UpReport;
  let full: UpReport;

  beforeAll(async () => {
    await removeNodes(CLIENT, FULL, SERVER);
    for (const version of ['1.12.0', '1.13.15']) await gethImage(version);
    writeFileSync(password, 'only for this test\n', { mode: 0o600 });
    const account = await nodectlJson<NewAccountReport>(['account', 'new', SERVER, '--password-file', password]);
    sealer = account.address;
    const alloc = { [RICH.address]: { balance: `0x${ETHER.toString(16)}` } };
    writeFileSync(genesis, cliqueGenesis({ chainId: CHAIN_ID, signers: [sealer], forks: 'istanbul', alloc }));
    server = await up(SERVER, '--mine', '--etherbase', sealer, '--password-file', password, '--light-peers', '10');
    client = await up(CLIENT, '--syncmode', 'light');
  }, 900_000);
  afterAll(async () => {
    await removeNodes(CLIENT, FULL, SERVER);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('runs on the newest geth that has a light client, chosen by itself', () => {
    expect([server.spec.geth, client.spec.geth]).toEqual(['1.12.0', '1.12.0']);
    expect(client.spec.mode).toBe('light');
  });

  it('seals blocks by the account that was made for it', async () => {
    const { http } = server.spec.ports;
    await reaches(http, 2);
    expect(sealerOf(rpc<SealedBlock>(http, 'eth_getBlockByNumber', ['0x2', false]))).toBe(sealer);
  });

  it('pays a transaction’s whole fee to --etherbase', async () => {
    const { http } = server.spec.ports;
    expect(balance(http, sealer)).toBe(0n);
    const to = '0x00000000000000000000000000000000000000aa';
    const wanted = { type: 0, chainId: CHAIN_ID, nonce: 0, to, value: 1n, gasLimit: TRANSFER_GAS, gasPrice: GAS_PRICE };
    const hash = rpc<string>(http, 'eth_sendRawTransaction', [await RICH.signTransaction(wanted)]);
    const { blockHash: block } = await receipt(http, hash);
    expect(sealerOf(rpc<SealedBlock>(http, 'eth_getBlockByHash', [block, false]))).toBe(sealer);
    expect(balance(http, sealer)).toBe(TRANSFER_GAS * GAS_PRICE);
    expect(balance(http, RICH.address)).toBe(ETHER - 1n - TRANSFER_GAS * GAS_PRICE);
  });

  it('is followed by the light node, with the same blocks', async () => {
    const { http } = client.spec.ports;
    const start = head(http);
    await reaches(http, Math.max(start, 1) + 3);
    const same = ['eth_getBlockByNumber', [`0x${(start + 1).toString(16)}`, false]] as const;
    expect(rpc<SealedBlock>(http, ...same).hash).toBe(rpc<SealedBlock>(server.spec.ports.http, ...same).hash);
  });

  it('serves the light node the state that it does not keep', () => {
    const { http } = client.spec.ports;
    expect(balance(http, RICH.address)).toBe(ETHER - 1n - TRANSFER_GAS * GAS_PRICE);
    expect(balance(http, sealer)).toBe(TRANSFER_GAS * GAS_PRICE);
  });

  it('peers by the light protocol, over the chain’s own network, without a published P2P port', async () => {
    expect(client.start?.siblings).toEqual([{ node: SERVER, connected: true }]);
    for (const node of [SERVER, CLIENT]) {
      const { peers } = await peersOf(node);
      expect(peers.map(({ protocols }) => protocols)).toEqual([['les/4']]);
      const { NetworkSettings } = engineGet<Inspect>(`/containers/nodectl-${node}/json`);
      const published = Object.entries(NetworkSettings.Ports).filter(([, bindings]) => bindings !== null);
      expect(published.map(([port]) => port).sort()).toEqual(['8545/tcp', '8546/tcp']);
      expect(chainNetworks()).toEqual(expect.arrayContaining(Object.keys(NetworkSettings.Networks)));
    }
  });

  it('is well by `status`, both nodes at the head', async () => {
    for (const [node, mode] of [
      [SERVER, 'full'],
      [CLIENT, 'light'],
    ] as const) {
      const status = await nodectlJson<NodeStatus>(['status', node]);
      expect(status).toMatchObject({ healthy: true, mode, sync: { state: 'at-head' }, peers: 1 });
      expect(status.head?.ageMs).toBeLessThan(20_000);
    }
  });

  it('is followed again after a restart of the light node, which closed in good order', async () => {
    const restarted = await nodectlJson(['restart', CLIENT]);
    expect(restarted).toMatchObject({ stop: { shutdown: { clean: true } }, start: { headFell: null } });
    await reaches(client.spec.ports.http, head(server.spec.ports.http) + 1);
  });

  it('is followed by a full node of the newest geth that knows clique', async () => {
    full = await up(FULL, '--geth-version', '1.13.15', '--syncmode', 'full');
    expect(full.start?.siblings).toContainEqual({ node: SERVER, connected: true });
    await reaches(full.spec.ports.http, head(server.spec.ports.http) + 1, 40_000);
    expect(balance(full.spec.ports.http, sealer)).toBe(TRANSFER_GAS * GAS_PRICE);
    expect((await peersOf(FULL)).peers.flatMap(({ protocols }) => protocols)).toContain('eth/68');
  });

  it('loses no block when its sealer is killed, goes on, and is followed again by both', async () => {
    const { http } = server.spec.ports;
    const last = rpc<SealedBlock>(http, 'eth_getBlockByNumber', ['latest', false]);
    const { Pid } = engineGet<Inspect>(`/containers/nodectl-${SERVER}/json`).State;
    process.kill(Pid, 'SIGKILL');
    await until(() => {
      const now = engineGet<Inspect>(`/containers/nodectl-${SERVER}/json`).State.Pid;
      return now !== Pid && now > 0 ? true : undefined;
    }, 'the engine to start it again');
    expect((await nodectlJson<UpReport>(['up', '--name', SERVER])).start).toMatchObject({ headFell: null });
    expect(rpc<SealedBlock | null>(http, 'eth_getBlockByNumber', [last.number, false])?.hash).toBe(last.hash);
    // geth does not dial a peer again within 35 s of the last time.
    for (const { spec } of [server, full, client]) await reaches(spec.ports.http, Number(last.number) + 3, 60_000);
  });

  it('leaves its network on the engine until the last node goes', async () => {
    const network = chainNetworkName(server.spec.custom?.private?.genesis ?? '');
    for (const node of [CLIENT, FULL]) {
      expect(await nodectlJson<DownReport>(['down', node, '--volumes', '--yes'])).toMatchObject({ stop: { shutdown: { clean: true } } });
      expect(chainNetworks()).toContain(network);
    }
    await nodectlJson(['down', SERVER, '--volumes', '--yes']);
    expect(chainNetworks()).not.toContain(network);
  });
});
