import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { BEACON_CHECKPOINT_FILE } from '../../src/node/container-paths.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { beaconApi } from '../pos/beacon-api.ts';
import { type LyingProxy, startLyingProxy } from '../pos/lying-proxy.ts';
import { type Network, startNetwork } from '../pos/network.ts';
import { ownPorts } from '../pos/own-ports.ts';
import { requires } from '../require.ts';
import { removeNodes } from './chain-view.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet, until } from './engine-view.ts';

// The volume with the key is root's on the engine's host.
const able = await requires('docker', 'geth', 'prysm', 'root');
const PAIR = 'ts-pair';
const REFUSED = 'ts-pair-refused';
const FORGED = 'ts-pair-forged';
const BUILTIN = 'ts-pair-builtin';
const EXTERNAL = 'ts-pair-external';
const portsOf = (node: string) => ownPorts([PAIR, REFUSED, FORGED, BUILTIN, EXTERNAL].indexOf(node));
const NODES = [PAIR, REFUSED, FORGED, BUILTIN, EXTERNAL];
/** A network's first finalized epoch, and a client's first minutes on a busy machine. */
const LONG = 300_000;

interface Inspect {
  readonly Id: string;
  readonly Config: { readonly Cmd: readonly string[]; readonly Env: readonly string[]; readonly Labels: object; readonly User: string };
  readonly HostConfig: { readonly Memory: number; readonly ReadonlyRootfs: boolean; readonly PortBindings: object };
  readonly NetworkSettings: { readonly Networks: object };
}

interface Refusal {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

const inspect = (container: string) => engineGet<Inspect>(`/containers/${container}/json`);
const status = async (node: string): Promise<NodeStatus> => JSON.parse((await nodectl(['status', node, '--json'])).stdout);
const kinds = ({ steps }: UpReport) => steps.map(({ kind }) => kind);
const fileOf = (volume: string, path: string) => join(engineGet<{ Mountpoint: string }>(`/volumes/${volume}`).Mountpoint, path);

describe.skipIf(!able)('up of geth and Prysm on a private proof-of-stake network', { timeout: 2 * LONG }, () => {
  let network: Network;
  let second: LyingProxy;

  const up = (node: string, ...words: string[]) =>
    nodectlJson<UpReport>(['up', '--name', node, '--network', network.profile, ...portsOf(node), '--timeout', '4m', ...words]);
  const pair = (...words: string[]) => up(PAIR, '--memory', '1200M', '--wait', 'synced', ...words);
  const fails = async (node: string, ...words: string[]) => {
    const ran = await nodectl(['up', '--name', node, '--network', network.profile, ...portsOf(node), ...words, '--json']);
    // The last line: a launcher that finds its sources changed says first that it builds.
    const { error } = JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '') as { readonly error: Refusal };
    return { code: ran.code, error };
  };
  const refused = async (...words: string[]): Promise<{ readonly code: string }> => {
    const { code, error } = await fails(REFUSED, ...words);
    expect(belongings(REFUSED)).toMatchObject({ containers: [], volumes: [] });
    return { code: `${code} ${error.code}` };
  };
  const checkpoints = () => ['--checkpoint-url', network.first.beaconApi, '--checkpoint-url', second.url];

  beforeAll(async () => {
    await removeNodes(...NODES);
    network = await startNetwork({ secondBeacon: true });
    await network.finalized();
    second = await startLyingProxy(network.second?.beaconApi ?? '');
  }, LONG);
  afterAll(async () => {
    await removeNodes(...NODES);
    await second?.stop();
    await network?.stop();
  }, LONG);

  it('refuses to begin where one of two providers lies or gives no answer, and makes nothing', async () => {
    try {
      for (const manner of ['finalized-root', 'html', 'dead'] as const) {
        await second.behave(manner);
        expect([manner, await refused('--memory', '1200M', ...checkpoints())]).toEqual([manner, { code: '4 ENDPOINTS_REFUSED' }]);
      }
    } finally {
      await second.behave('honest');
    }
  });

  it('brings both up from a checkpoint on which two agree, to the head', async () => {
    const report = await pair(...checkpoints());
    expect(report.spec.consensus).toMatchObject({ client: 'prysm', checkpoints: [network.first.beaconApi, second.url] });
    for (const rows of [report.limits, report.consensus?.limits ?? []])
      expect(rows.map(({ enforced }) => enforced)).toEqual([true, true, true, true]);
    expect(await status(PAIR)).toMatchObject({ healthy: true, sync: { state: 'at-head' }, consensus: { state: { state: 'following' } } });
  });

  it('finds out a provider that tells the truth and serves the client a forged block or state, and leaves nothing begun there', async () => {
    // The first of those that agree is the client's.
    const words = ['--memory', '1200M', '--checkpoint-url', second.url, '--checkpoint-url', network.first.beaconApi];
    try {
      for (const manner of ['forged-block', 'forged-state'] as const) {
        const before = second.asked.length;
        await second.behave(manner);
        const { code, error } = await fails(FORGED, ...words);
        expect([manner, code, error.code]).toEqual([manner, 4, 'ENDPOINTS_REFUSED']);
        expect(Object.keys(error.facts)).toEqual([second.url, network.first.beaconApi].map((url) => `${url} (checkpoint provider)`));
        expect(second.asked.slice(before)).toContain('/eth/v2/debug/beacon/states/finalized');
        const { containers, volumes } = belongings(FORGED);
        expect(containers.map(({ Names, State }) => [Names[0], State])).toEqual([[`/nodectl-${FORGED}`, 'running']]);
        expect(volumes.toSorted()).toEqual([`nodectl-${FORGED}`, `nodectl-${FORGED}.secret`]);
      }
    } finally {
      await second.behave('honest');
    }
    expect((await up(FORGED, ...words)).checkpoint).toMatchObject({ from: second.url, confirmedBy: network.first.beaconApi });
    await removeNodes(FORGED);
  });

  it('lets both read one key that is nowhere else, and publishes no engine API', () => {
    const path = fileOf(`nodectl-${PAIR}.secret`, 'jwt.hex');
    expect([statSync(path).mode & 0o777, statSync(path).uid]).toEqual([0o600, 1000]);
    const key = readFileSync(path, 'utf8').trim();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const parts = [`nodectl-${PAIR}`, `nodectl-${PAIR}.consensus`].map(inspect);
    expect(JSON.stringify(parts)).not.toContain(key);
    for (const { Config, HostConfig } of parts) {
      expect([Config.User, HostConfig.ReadonlyRootfs]).toEqual(['1000:1000', true]);
      expect(Object.keys(HostConfig.PortBindings)).not.toContain('8551/tcp');
    }
    expect(Object.keys(parts[0]?.NetworkSettings.Networks ?? {})).toEqual(Object.keys(parts[1]?.NetworkSettings.Networks ?? {}));
  });

  it('plans nothing for what it has, with the profile or without, and changes CPUs of both while they run', async () => {
    const before = inspect(`nodectl-${PAIR}.consensus`).Id;
    expect(await pair()).toMatchObject({ changed: false, steps: [], drift: [] });
    expect(await nodectlJson<UpReport>(['up', '--name', PAIR])).toMatchObject({ changed: false, steps: [] });
    expect(kinds(await nodectlJson<UpReport>(['up', '--name', PAIR, '--cpus', '1.5']))).toEqual(['update-limits', 'update-limits']);
    expect(inspect(`nodectl-${PAIR}.consensus`).Id).toBe(before);
  });

  it('makes geth anew for another memory and leaves the client, which goes on with it', async () => {
    const client = inspect(`nodectl-${PAIR}.consensus`).Id;
    const report = await nodectlJson<UpReport>(['up', '--name', PAIR, '--memory', '1400M', '--wait', 'synced', '--timeout', '4m']);
    expect(report.drift.map(({ field }) => field)).toContain('memory');
    expect(report.start?.headFell).toBeNull();
    expect(inspect(`nodectl-${PAIR}.consensus`).Id).toBe(client);
  });

  it('goes without its client and gets it back, with key and database', async () => {
    const key = readFileSync(fileOf(`nodectl-${PAIR}.secret`, 'jwt.hex'), 'utf8');
    const without = await nodectlJson<UpReport>(['up', '--name', PAIR, '--consensus', 'none']);
    expect(kinds(without).slice(0, 2)).toEqual(['stop-container', 'remove-container']);
    expect(without.consensus).toBeNull();
    await pair('--memory', '1400M', '--consensus', 'prysm');
    expect(readFileSync(fileOf(`nodectl-${PAIR}.secret`, 'jwt.hex'), 'utf8')).toBe(key);
    expect(await status(PAIR)).toMatchObject({ healthy: true, consensus: { state: { state: 'following' } } });
  });

  it('lets geth follow by its own light consensus, without a second container', async () => {
    const report = await up(BUILTIN, '--consensus', 'builtin', '--memory', '512M', '--wait', 'synced');
    expect([report.consensus, belongings(BUILTIN).containers.length]).toEqual([null, 1]);
    expect(await status(BUILTIN)).toMatchObject({ healthy: true, sync: { state: 'at-head' } });
  });

  it('gives geth’s own light consensus a fresh root whenever it is started again', async () => {
    const root = () => readFileSync(fileOf(`nodectl-${BUILTIN}`, BEACON_CHECKPOINT_FILE), 'utf8');
    const roots = [root()];
    // One provider may be an epoch or more behind the other, and the root that both know is taken.
    const providers = () => [network.first, network.second].map((node) => beaconApi(node?.beaconApi ?? '').checkpoints());
    const moved = async () => {
      const finalized = (await Promise.all(providers())).map((checkpoints) => checkpoints.finalized.root);
      return finalized.some((known) => roots.includes(known)) ? undefined : true;
    };
    for (const again of [
      ['start', BUILTIN],
      ['up', '--name', BUILTIN, '--timeout', '4m'],
    ]) {
      await nodectlJson(['stop', BUILTIN]);
      await until(moved, 'a later finalized root of both', 120_000);
      await nodectlJson(again);
      expect(await status(BUILTIN)).toMatchObject({ container: { state: 'running' } });
      roots.push(root());
    }
    expect(new Set(roots).size).toBe(3);
  });

  it('publishes the engine API for a client of one’s own on loopback alone, with its key and nobody else’s', async () => {
    const file = join(network.folder, 'own-jwt.hex');
    const key = randomBytes(32).toString('hex');
    writeFileSync(file, key);
    chmodSync(file, 0o644);
    const words = ['--consensus', 'external', '--engine-url', 'http://127.0.0.1:28551', '--memory', '512M'];
    expect(await refused(...words, '--jwt-file', file)).toEqual({ code: '2 USAGE' });
    chmodSync(file, 0o600);
    await up(EXTERNAL, ...words, '--jwt-file', file);
    expect(readFileSync(fileOf(`nodectl-${EXTERNAL}.secret`, 'jwt.hex'), 'utf8').trim()).toBe(key);
    expect(inspect(`nodectl-${EXTERNAL}`).HostConfig.PortBindings).toMatchObject({
      '8551/tcp': [{ HostIp: '127.0.0.1', HostPort: '28551' }],
    });
    expect((await fetch('http://127.0.0.1:28551/', { method: 'POST' })).status).toBe(401);
  });
});
