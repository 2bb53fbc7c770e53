import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { beaconApi } from '../pos/beacon-api.ts';
import { type LyingProxy, startLyingProxy } from '../pos/lying-proxy.ts';
import { type Network, startNetwork } from '../pos/network.ts';
import { ownPorts } from '../pos/own-ports.ts';
import { requires } from '../require.ts';
import { removeNodes } from './chain-view.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet, until } from './engine-view.ts';

const able = await requires('docker', 'prysm', 'root');
const NODE = 'ts-light-prover';
const OTHER = 'ts-light-refused';
const SECRET = 'hunter2';
const KEY = 'SECRETKEY';
const THOUSAND_ETHER = '0x3635c9adc5dea00000';
/** A contract that every chain of the Cancun rules has. */
const BEACON_ROOTS = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';

interface Inspect {
  readonly State: { readonly Status: string };
  readonly Config: {
    readonly Cmd: readonly string[] | null;
    readonly Env: readonly string[];
    readonly Labels: object;
    readonly User: string;
  };
  readonly HostConfig: { readonly Memory: number; readonly ReadonlyRootfs: boolean };
}
interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

describe.skipIf(!able)('a light client of a private proof-of-stake network', { timeout: 120_000 }, () => {
  let network: Network;
  let execution: LyingProxy;
  let beacons: readonly [LyingProxy, LyingProxy];
  let up: UpReport;
  let words: readonly string[];

  const inspect = (node = NODE) => engineGet<Inspect>(`/containers/nodectl-${node}/json`);
  const status = async (): Promise<NodeStatus> => JSON.parse((await nodectl(['status', NODE, '--json'])).stdout);
  const port = () => up.spec.ports.http;
  const ask = async (method: string, params: readonly unknown[]) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(`http://127.0.0.1:${port()}`, { method: 'POST', body });
    const { result, error } = (await answer.json()) as { readonly result?: unknown; readonly error?: unknown };
    return error === undefined ? { result } : { error };
  };
  const balanceOf = (address: string) => ask('eth_getBalance', [address, 'latest']);
  const finalizedRoots = () =>
    Promise.all([network.first, network.second].map(async (node) => (await beaconApi(node?.beaconApi ?? '').checkpoints()).finalized.root));
  /** As its file in the volume says. */
  const trustedRoot = () => {
    const { Mountpoint } = engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${NODE}`);
    const file = join(Mountpoint, 'nodectl/light.json');
    expect([statSync(file).mode & 0o777, statSync(file).uid]).toEqual([0o600, 1000]);
    return JSON.parse(readFileSync(file, 'utf8')).trustedRoot as string;
  };

  beforeAll(async () => {
    await removeNodes(NODE, OTHER);
    network = await startNetwork({ secondBeacon: true, say: () => {} });
    await network.finalized(2);
    const { first, second } = network;
    const other = beaconApi(second?.beaconApi ?? '');
    await until(async () => ((await other.checkpoints()).finalized.epoch >= 2 ? true : undefined), 'the second pair finalizes', 60_000);
    execution = await startLyingProxy(first.executionRpc);
    beacons = [await startLyingProxy(first.beaconApi), await startLyingProxy(second?.beaconApi ?? '')];
    const secretive = execution.url.replace('http://', `http://user:${SECRET}@`);
    words = [
      ...['up', '--network', network.profile, '--syncmode', 'light', '--name', NODE, ...ownPorts(0)],
      ...['--execution-rpc', `${secretive}/?key=${KEY}`, '--beacon-api', beacons[0].url, '--beacon-api', beacons[1].url],
    ];
    up = await nodectlJson<UpReport>(words);
  }, 480_000);

  afterAll(async () => {
    await removeNodes(NODE, OTHER);
    await Promise.all([execution, ...(beacons ?? [])].map((proxy) => proxy?.stop()));
    await network?.stop();
  }, 60_000);

  it('runs in geth’s place under the limits and confinement of every node, in 512 MiB', async () => {
    expect(up.spec).toMatchObject({ mode: 'light', geth: '', memory: 512 * 2 ** 20, light: { backend: 'lodestar-prover' } });
    expect(up.start?.ready?.head).toBeGreaterThan(0);
    const { Config, HostConfig } = inspect();
    expect({ ...HostConfig, User: Config.User }).toMatchObject({ Memory: 512 * 2 ** 20, ReadonlyRootfs: true, User: '1000:1000' });
    const { use } = await status();
    expect(use.memoryBytes).toBeLessThan(256 * 2 ** 20);
  });

  it('keeps whom it asks out of labels, arguments, variables, log and reports', async () => {
    const seen = [
      JSON.stringify(inspect()),
      (await nodectl(['logs', NODE])).stdout,
      (await nodectl([...words, '--dry-run'])).stdout,
      JSON.stringify(up),
      JSON.stringify(await status()),
      (await nodectl(['inspect', NODE, '--json'])).stdout,
    ];
    for (const text of seen) expect(text).not.toMatch(new RegExp(`${SECRET}|${KEY}`));
  });

  it('tells the right balance, and none of an account that is not there', async () => {
    expect(await balanceOf(network.funded)).toEqual({ result: THOUSAND_ETHER });
    expect(await balanceOf(`0x${'42'.repeat(20)}`)).toEqual({ result: '0x0' });
    expect(await ask('eth_getCode', [BEACON_ROOTS, 'latest'])).toEqual({ result: expect.stringMatching(/^0x3373ff/) });
    expect(await ask('eth_call', [{}, 'latest'])).toMatchObject({ error: { code: -32601 } });
  });

  it('finds nothing to do when it is asked again, and asks nobody', async () => {
    const before = beacons[0].asked.filter((path) => path.includes('finalized')).length;
    expect((await nodectlJson<UpReport>(words)).changed).toBe(false);
    expect(beacons[0].asked.filter((path) => path.includes('finalized')).length).toBe(before);
  });

  it('begins at a fresh root at every start', async () => {
    const root = trustedRoot();
    // The other beacon node may be an epoch behind, and the root that both know is taken.
    await until(async () => ((await finalizedRoots()).includes(root) ? undefined : true), 'a later finalized root of both', 90_000);
    await nodectlJson(['restart', NODE]);
    expect(trustedRoot()).not.toBe(root);
    expect((await status()).sync.state).toBe('at-head');
  });

  it.each(['dead', 'hang', 'html'] as const)('is told when its upstream is %s, and goes on when that comes back', async (manner) => {
    await execution.behave(manner);
    expect(await status()).toMatchObject({ healthy: false, sync: { state: 'upstream-silent' } });
    expect((await nodectl(['status', NODE])).code).not.toBe(0);
    await execution.behave('honest');
    await until(async () => ((await status()).sync.state === 'at-head' ? true : undefined), 'at the head again');
  });

  it.each(['signature', 'header'] as const)('follows no beacon API that falsifies a %s, and turns to the other', async (lie) => {
    await beacons[0].behave(lie);
    const before = (await status()).head?.number ?? 0;
    const after = await until(
      async () => {
        const { head, notes } = await status();
        return head !== null && head.number > before && notes.some((note) => note.includes(beacons[0].url)) ? head : undefined;
      },
      'a later head by the other beacon API',
      60_000,
    );
    await beacons[0].behave('honest');
    const block = await fetch(network.first.executionRpc, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params: [`0x${after.number.toString(16)}`, false] }),
    });
    expect(((await block.json()) as { readonly result: { readonly hash: string } }).result.hash).toBe(after.hash);
  });

  it('is not started where its beacon APIs disagree, and nothing else of it changes', async () => {
    await nodectlJson(['stop', NODE]);
    await beacons[1].behave('finalized-root');
    const refused = await nodectl(['start', NODE, '--json']);
    expect([refused.code, (JSON.parse(refused.stderr) as Failure).error.code]).toEqual([4, 'ENDPOINTS_REFUSED']);
    expect(inspect().State.Status).toBe('exited');
    await beacons[1].behave('honest');
    await nodectlJson(['start', NODE]);
  });

  it.each(['html', 'redirect', 'hang', 'dead'] as const)('makes nothing where a beacon API is %s', async (manner) => {
    await beacons[0].behave(manner);
    const [mine, others] = [ownPorts(0).at(-1), ownPorts(1).at(-1)];
    const stranger = words.map((word) => (word === NODE ? OTHER : word === mine ? (others ?? '') : word));
    const refused = await nodectl([...stranger, '--json']);
    await beacons[0].behave('honest');
    expect([refused.code, (JSON.parse(refused.stderr.slice(refused.stderr.indexOf('{'))) as Failure).error.code]).toEqual([
      4,
      'ENDPOINTS_REFUSED',
    ]);
    expect(belongings(OTHER)).toEqual({ containers: [], volumes: [] });
  });

  it('refuses a falsified answer, and status tells it', async () => {
    for (const [lie, method] of [
      ['balance', 'eth_getBalance'],
      ['proof', 'eth_getBalance'],
      ['code', 'eth_getCode'],
    ] as const) {
      await execution.behave(lie);
      expect(await ask(method, [BEACON_ROOTS, 'latest']), lie).toMatchObject({ error: { code: -33091 } });
    }
    await execution.behave('balance');
    const told = await status();
    expect(told).toMatchObject({ healthy: false, sync: { state: 'upstream-lies' }, light: { proof: 'refused' } });
    expect(told.light?.refused).toBeGreaterThanOrEqual(3);
  });

  it('says so at once where the only server lies from the start', async () => {
    const refused = await nodectl(['restart', NODE, '--json']);
    expect([refused.code, (JSON.parse(refused.stderr.slice(refused.stderr.indexOf('{'))) as Failure).error.code]).toEqual([
      4,
      'ENDPOINTS_REFUSED',
    ]);
  });

  it('turns to another server that is named, and forgets the one before', async () => {
    const second = network.second?.executionRpc ?? '';
    const other = words.map((word) => (word.includes(KEY) ? second : word));
    await nodectlJson<UpReport>(other);
    expect(await balanceOf(network.funded)).toEqual({ result: THOUSAND_ETHER });
    expect((await status()).sync.state).toBe('at-head');
  });
});
