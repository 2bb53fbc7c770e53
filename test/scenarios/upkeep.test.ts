import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeInspection } from '../../src/actions/inspect-node.ts';
import type { PruneReport } from '../../src/actions/prune.ts';
import type { ResyncReport } from '../../src/actions/resync.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { makeBlocks, openIpc } from '../engine-api-driver.ts';
import { mergedGenesis } from '../genesis-files.ts';
import { gethImage } from '../geth-image.ts';
import { requires } from '../require.ts';
import { removeNodes } from './chain-view.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, rpc } from './engine-view.ts';
import { killedUntilDone } from './killed-until-done.ts';

// The volume with its files is root's on the engine's host.
const able = await requires('docker', 'geth', 'root');
const NODE = 'ts-upkeep';
const FEES = '0x00000000000000000000000000000000000000bb';

const folder = mkdtempSync(join(tmpdir(), 'nodectl-upkeep-'));
const genesis = join(folder, 'upkeep.json');

const up = (...words: readonly string[]) => nodectlJson<UpReport>(['up', '--name', NODE, ...words]);
const prune = (...words: readonly string[]) => nodectlJson<PruneReport>(['prune', NODE, ...words]);
const alone = () => {
  const { containers, volumes } = belongings(NODE);
  return [containers.map(({ Names, State }) => [Names[0], State]), volumes];
};
const RUNNING = [[[`/nodectl-${NODE}`, 'running']], [`nodectl-${NODE}`]];

describe.skipIf(!able)('the chain of a private node', { timeout: 600_000 }, () => {
  let port = 0;
  let data = '';
  const head = () => Number(rpc<string>(port, 'eth_blockNumber'));
  const kept = () => [
    readFileSync(join(data, 'geth/nodekey'), 'utf8'),
    readFileSync(join(data, 'nodectl/genesis.json'), 'utf8'),
    readdirSync(join(data, 'keystore')),
  ];
  const grow = async (blocks: number) => {
    const ipc = await openIpc(join(data, 'geth.ipc'));
    await makeBlocks(ipc, blocks, FEES);
    ipc.close();
  };
  const make = async (...words: readonly string[]) => {
    await removeNodes(NODE);
    const made = await up('--network', genesis, '--port', 'auto', '--memory', '512M', ...words);
    port = made.spec.ports.http;
    const { volume } = await nodectlJson<NodeInspection>(['inspect', NODE]);
    data = volume?.mountpoint ?? '';
    await nodectlJson(['account', 'new', NODE, '--password-file', join(folder, 'password')]);
  };

  beforeAll(async () => {
    await gethImage('1.16.9');
    await gethImage('1.17.8');
    writeFileSync(genesis, mergedGenesis({ chainId: 471_309, fork: 'prague' }));
    writeFileSync(join(folder, 'password'), 'secret\n', { mode: 0o600 });
    // In this mode alone a chain of one's own is kept by path, in pebble.
    await make('--syncmode', 'snap', '--geth-version', '1.16.9');
  }, 600_000);
  afterAll(async () => {
    await removeNodes(NODE);
    rmSync(folder, { recursive: true });
  }, 120_000);

  it('is not pruned by what its geth does not have, and goes on running', async () => {
    const { offers } = await prune();
    expect(offers.map(({ task, possible }) => [task, possible])).toEqual([
      ['history', false],
      ['state', false],
      ['database', false],
    ]);
    for (const words of [['--history', 'postmerge'], ['--state'], ['--database']])
      expect((await nodectl(['prune', NODE, ...words, '--yes'])).code).toBe(2);
    expect(alone()).toEqual(RUNNING);
  });

  it('is a pebble database of the newer format once a newer geth has upgraded it, however often that is killed', async () => {
    await up('--geth-version', '1.17.8');
    expect((await prune()).offers.map(({ possible }) => possible)).toEqual([false, false, true]);
    const { code, kills } = await killedUntilDone(['prune', NODE, '--database', '--yes'], 500);
    expect(code).toBe(0);
    expect(kills).toBeGreaterThan(0);
    expect(alone()).toEqual(RUNNING);
    const { done, start, stop } = await prune('--database', '--yes');
    expect(done).toMatchObject([{ exitCode: 0, said: expect.stringContaining('already compatible'), freedBytes: expect.any(Number) }]);
    expect([stop?.shutdown?.clean, start?.headFell]).toEqual([true, null]);
    expect(alone()).toEqual(RUNNING);
  });

  it('begins anew with its genesis, its keys and its identity', async () => {
    await make('--geth-version', '1.17.8');
    await grow(40);
    expect(head()).toBe(40);
    const before = kept();
    const report = await nodectlJson<ResyncReport>(['resync', NODE, '--yes']);
    expect(report).toMatchObject({ stop: { shutdown: { clean: true } }, start: { ready: { head: 0 }, headFell: null } });
    expect(report.removed).toContain('geth/chaindata');
    expect([head(), kept()]).toEqual([0, before]);
    expect(alone()).toEqual(RUNNING);
    await grow(3);
    expect(head()).toBe(3);
  });

  it('begins anew however often that is killed', async () => {
    const before = kept();
    const { code, kills } = await killedUntilDone(['resync', NODE, '--yes'], 500);
    expect(code).toBe(0);
    expect(kills).toBeGreaterThan(0);
    expect([head(), kept()]).toEqual([0, before]);
    expect(alone()).toEqual(RUNNING);
  });

  it('stays stopped where somebody had stopped it', async () => {
    await nodectl(['stop', NODE]);
    const report = await nodectlJson<ResyncReport>(['resync', NODE, '--yes']);
    expect([report.stop, report.start]).toEqual([null, null]);
    expect(alone()).toEqual([[[`/nodectl-${NODE}`, 'exited']], [`nodectl-${NODE}`]]);
    await nodectlJson(['start', NODE]);
    expect(head()).toBe(0);
  });
});
