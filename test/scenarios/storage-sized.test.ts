import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrowReport } from '../../src/actions/grow-storage.ts';
import type { StartedReport } from '../../src/actions/start.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet, rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth', 'loop');
const NODE = 'ts-sized';
const MIB = 2 ** 20;
const SIZE = 1200 * MIB;
const LINK = `/dev/nodectl/nodectl-${NODE}`;

const container = () =>
  engineGet<{ readonly State: { readonly Status: string; readonly ExitCode: number } }>(`/containers/nodectl-${NODE}/json`);
const volume = () => engineGet<{ readonly Mountpoint: string; readonly Labels: Record<string, string> }>(`/volumes/nodectl-${NODE}`);
const image = () => (JSON.parse(volume().Labels['nodectl.storage'] ?? '{}') as { image: string }).image;
const free = (path: string) => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};
const status = () => nodectlJson<NodeStatus>(['status', NODE, '--timeout', '30s']);
const head = (port: number) => Number(rpc(port, 'eth_blockNumber'));
const backingFiles = () =>
  readdirSync('/sys/block')
    .map((name) => `/sys/block/${name}/loop/backing_file`)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').trim());

/** The node's filesystem at a place of the test's own, while no container has it. */
function onItsFilesystem<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-sized-'));
  execFileSync('mount', [LINK, folder]);
  try {
    return act(folder);
  } finally {
    execFileSync('umount', [folder]);
    rmdirSync(folder);
  }
}

describe.skipIf(!able)('a chain in a filesystem of its own', { timeout: 300_000 }, () => {
  let report: UpReport;
  let last = 0;
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);

  beforeAll(async () => {
    await down();
    const limits = ['--memory', '512M', '--storage', String(SIZE), '--storage-mode', 'sized'];
    const up = await nodectl(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', ...limits, '--json', '--', '--dev.period', '1']);
    report = JSON.parse(up.stdout) as UpReport;
  }, 600_000);
  afterAll(down);

  it('is what the node writes to, and is told so', async () => {
    const facts = { wanted: SIZE, mode: 'sized', enforcement: 'sized filesystem', held: SIZE };
    expect(report.storage).toMatchObject(facts);
    expect((await status()).storage).toMatchObject(facts);
    const { blocks, bsize } = statfsSync(volume().Mountpoint);
    expect(blocks * bsize).toBeLessThanOrEqual(SIZE);
    expect(blocks * bsize).toBeGreaterThan(SIZE * 0.9);
  });

  it('is found as it is by a second up', async () => {
    expect((await nodectlJson<UpReport>(['up', '--name', NODE])).steps).toEqual([]);
  });

  it('ends geth in good order before it is full, and nothing starts it into the wall', async () => {
    await until(() => head(report.spec.ports.http) >= 2 || undefined, 'two blocks');
    const { Mountpoint } = volume();
    execFileSync('fallocate', ['-l', String(free(Mountpoint) - 400 * MIB), join(Mountpoint, 'filler')]);
    last = head(report.spec.ports.http);
    // Geth looks every 30 seconds.
    await until(() => container().State.Status === 'exited' || undefined, 'the end of geth', 90_000);
    expect(container().State.ExitCode).toBe(0);
  });

  it('is told as stopped for want of disk, and is not started into the wall', async () => {
    const { sync, notes } = await nodectlJson<NodeStatus>(['status', NODE, '--timeout', '30s'], { exit: 3 });
    expect(sync).toEqual({ state: 'stopped', reason: 'disk-low' });
    expect(notes.join()).toContain(`nodectl storage grow SIZE ${NODE}`);
    for (const words of [
      ['start', NODE],
      ['up', '--name', NODE],
    ]) {
      const refused = await nodectl([...words, '--json']);
      expect([refused.code, container().State.Status]).toEqual([4, 'exited']);
      expect(refused.stderr).toContain('"code":"DISK_FULL"');
    }
  });

  it('takes no byte beyond its size', () => {
    onItsFilesystem((folder) => {
      const fill = () => writeFileSync(join(folder, 'beyond'), Buffer.alloc(600 * MIB));
      expect(fill).toThrow(/ENOSPC/);
      rmSync(join(folder, 'beyond'));
    });
  });

  it('grows, and geth goes on where it was, no block lost', async () => {
    const grown = await nodectlJson<GrowReport>(['storage', 'grow', '2G', NODE]);
    expect(grown).toMatchObject({ changed: true, fromBytes: SIZE, toBytes: 2048 * MIB });
    const started = await nodectlJson<StartedReport>(['start', NODE]);
    expect(started.start.ready?.head ?? 0).toBeGreaterThanOrEqual(last);
    expect((await status()).storage).toMatchObject({ held: 2048 * MIB, enforcement: 'sized filesystem' });
  });

  it('is attached again by start where a boot took its device away', async () => {
    await nodectl(['stop', NODE]);
    const device = execFileSync('readlink', [LINK], { encoding: 'utf8' }).trim();
    execFileSync('losetup', ['-d', device]);
    rmSync(LINK);
    expect(backingFiles()).not.toContain(image());
    expect((await nodectlJson<StartedReport>(['start', NODE])).start.ready?.head ?? 0).toBeGreaterThanOrEqual(last);
    expect(backingFiles()).toContain(image());
  });

  it('goes with the node: no file, no device, no link, no volume', async () => {
    const file = image();
    expect((await down()).code).toBe(0);
    expect([existsSync(file), backingFiles().includes(file), existsSync(LINK), belongings(NODE)]).toEqual([
      false,
      false,
      false,
      { containers: [], volumes: [] },
    ]);
  });
});
