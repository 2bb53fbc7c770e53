import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportReport } from '../../src/actions/export-node.ts';
import type { ImportReport } from '../../src/actions/import-node.ts';
import type { MigrateReport } from '../../src/actions/migrate-storage.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { LAUNCHER, nodectl, nodectlJson, STATE } from './cli.ts';
import { belongings, engineGet, receipt, rpc, until } from './engine-view.ts';
import { killedUntilDone } from './killed-until-done.ts';

const able = await requires('docker', 'geth', 'zstd', 'loop');
const [NODE, COPY] = ['ts-moving', 'ts-moved'];
const FOLDER = `/var/tmp/nodectl-ts-moving-${process.pid}`;
const ARCHIVE = join(FOLDER, 'node.tar.zst');

interface Block {
  readonly number: string;
  readonly hash: string;
}

const latest = (port: number) => rpc<Block>(port, 'eth_getBlockByNumber', ['latest', false]);
const volume = (node: string) =>
  engineGet<{ readonly Mountpoint: string; readonly Options: Record<string, string> | null }>(`/volumes/nodectl-${node}`);
const nodekey = (node: string) => readFileSync(join(volume(node).Mountpoint, 'geth/nodekey'), 'utf8');
const mounted = () => readFileSync('/proc/mounts', 'utf8').includes(NODE);

describe.skipIf(!able)('a node and its chain', { timeout: 600_000 }, () => {
  let port = 0;
  let tip: Block;
  let key = '';
  const down = async () => {
    for (const node of [NODE, COPY]) await nodectl(['down', node, '--volumes', '--yes']);
  };
  const migrate = (...words: readonly string[]) => nodectlJson<MigrateReport>(['storage', 'migrate', NODE, ...words]);

  beforeAll(async () => {
    await down();
    mkdirSync(FOLDER, { recursive: true });
    const up = await nodectlJson<UpReport>(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M']);
    port = up.spec.ports.http;
    const [from] = rpc<readonly string[]>(port, 'eth_accounts');
    await receipt(port, rpc<string>(port, 'eth_sendTransaction', [{ from, to: from, value: '0x1' }]));
    tip = latest(port);
    key = nodekey(NODE);
  }, 600_000);
  afterAll(async () => {
    await down();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it('moves into a folder, with the same blocks and the same key', async () => {
    const report = await migrate('--to', 'path', '--path', FOLDER);
    expect(report).toMatchObject({ to: 'path', stop: { shutdown: { clean: true } } });
    expect(latest(port)).toEqual(tip);
    expect(nodekey(NODE)).toBe(key);
    expect(volume(NODE).Options).toMatchObject({ device: join(FOLDER, `nodectl-${NODE}`) });
    expect(belongings(NODE).volumes.toSorted()).toEqual([`nodectl-${NODE}`, `nodectl-${NODE}.old`]);
    await nodectlJson(['storage', 'migrate', NODE, '--drop-old', '--yes']);
    expect(belongings(NODE)).toMatchObject({ containers: [{}], volumes: [`nodectl-${NODE}`] });
  });

  it('moves into a filesystem of its own however often it is killed', async () => {
    execFileSync('dd', ['if=/dev/urandom', `of=${join(FOLDER, `nodectl-${NODE}`, 'filler')}`, 'bs=1M', 'count=200', 'status=none']);
    const { code, kills } = await killedUntilDone(['storage', 'migrate', NODE, '--to', 'sized', '--storage', '1G'], 700);
    expect(code).toBe(0);
    expect(kills).toBeGreaterThan(0);
    await nodectlJson<UpReport>(['up', '--name', NODE]);
    expect(latest(port)).toEqual(tip);
    expect(nodekey(NODE)).toBe(key);
    await nodectlJson(['storage', 'migrate', NODE, '--drop-old', '--yes']);
    expect(readdirSync(FOLDER)).toEqual([]);
  });

  it('moves back into a plain volume, and leaves nothing mounted or attached', async () => {
    await migrate('--to', 'volume');
    expect(latest(port)).toEqual(tip);
    await nodectlJson(['storage', 'migrate', NODE, '--drop-old', '--yes']);
    expect(volume(NODE).Options ?? {}).toEqual({});
    await until(() => (mounted() ? undefined : true), 'nothing mounted');
    expect(execFileSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE']).toString()).not.toContain(NODE);
  });

  it('goes through a pipe to another node, which has its blocks and its key', async () => {
    await nodectl(['stop', NODE]);
    const words = (...more: readonly string[]) => [process.execPath, LAUNCHER, ...more].map((word) => `'${word}'`).join(' ');
    const pipe = `${words('export', '-', NODE)} | ${words('import', '-', '--name', COPY)}`;
    execFileSync('bash', ['-o', 'pipefail', '-c', pipe], { stdio: 'pipe', env: { ...process.env, CI: 'true', XDG_STATE_HOME: STATE } });
    expect(nodekey(COPY)).toBe(key);
    expect(await nodectl(['import', ARCHIVE])).toMatchObject({ code: 5 });
    const up = await nodectlJson<UpReport>(['up', '--name', COPY, '--port', 'auto']);
    expect(up.spec).toMatchObject({ network: 'dev', memory: 512 * 2 ** 20 });
    expect(latest(up.spec.ports.http)).toEqual(tip);
    expect(belongings(COPY)).toMatchObject({ containers: [{}], volumes: [`nodectl-${COPY}`] });
    await nodectl(['down', COPY, '--volumes', '--yes']);
  });

  it('is packed and unpacked whole however often that is killed', async () => {
    expect(await killedUntilDone(['export', ARCHIVE, NODE], 500)).toMatchObject({ code: 0 });
    expect(readdirSync(FOLDER)).toEqual(['node.tar.zst']);
    expect(await killedUntilDone(['import', ARCHIVE, '--name', COPY], 500)).toMatchObject({ code: 0 });
    expect(nodekey(COPY)).toBe(key);
    await nodectl(['down', COPY, '--volumes', '--yes']);
    expect(belongings(COPY)).toEqual({ containers: [], volumes: [] });
  });

  it('leaves nothing of an archive that is cut off, and tells what it holds', async () => {
    const cut = join(FOLDER, 'cut.tar.zst');
    const report = await nodectlJson<ExportReport>(['export', cut, NODE]);
    expect(report).toMatchObject({ chain: true, stop: null });
    truncateSync(cut, Math.floor((report.archiveBytes ?? 0) * 0.8));
    expect((await nodectl(['import', cut, '--name', COPY])).code).toBe(4);
    expect(belongings(COPY)).toEqual({ containers: [], volumes: [] });
    const imported = await nodectlJson<ImportReport>(['import', ARCHIVE, '--name', COPY]);
    expect(imported).toMatchObject({ from: { node: NODE }, chain: true, files: report.files });
  });
});
