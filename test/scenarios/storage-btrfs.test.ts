import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { asleep, type DdPlace, ddInside, plantDd } from './dd-inside.ts';
import { belongings, engineGet } from './engine-view.ts';
import { type PrivateEngine, privateEngine } from './private-engine.ts';

const NODE = 'ts-btrfs';
const MIB = 2 ** 20;
const SIZE = 1200 * MIB;
/** The disk goes with the mount, as nothing else holds its loop device. */
const ON_BTRFS = `
truncate -s 4G "$1/disk" && mkfs.btrfs -q "$1/disk" && mkdir "$1/data" && mount -o loop "$1/disk" "$1/data"
export DOCKER_DRIVER=btrfs`;
/** Hands out all that is left, in ever smaller pieces. */
const FILL = 'for piece in 512M 64M 8M 1M 64K; do while fallocate -l $piece "$1/filler.$((n += 1))" 2>/dev/null; do :; done; done; sync';

interface Inspected {
  readonly Id: string;
  readonly State: { readonly Pid: number };
  readonly HostConfig: { readonly StorageOpt: Readonly<Record<string, string>> | null };
}

const able = await requires('docker', 'docker-cli', 'geth', 'loop', 'btrfs');

describe.skipIf(!able)('an engine whose data lies on btrfs', { timeout: 300_000 }, () => {
  let engine: PrivateEngine;
  let report: UpReport;
  let place: DdPlace;
  const there = () => ({ through: [...engine.inside, '-m'], env: { DOCKER_HOST: `unix://${engine.socket}`, DOCKER_CONTEXT: undefined } });
  const run = (...words: readonly string[]) => {
    const [program = '', ...rest] = [...there().through, ...words];
    return spawnSync(program, rest, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  };
  const data = () => engineGet<{ DockerRootDir: string; Driver: string }>('/info', engine.socket).DockerRootDir;
  const container = () => engineGet<Inspected>(`/containers/nodectl-${NODE}/json`, engine.socket);
  const mountpoint = () => engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${NODE}`, engine.socket).Mountpoint;
  const image = () => `${data()}/nodectl/nodectl-${NODE}.img`;

  beforeAll(async () => {
    engine = await privateEngine(ON_BTRFS);
    place = { container: `nodectl-${NODE}`, socket: engine.socket, through: there().through };
    const limits = ['--memory', '512M', '--storage', String(SIZE)];
    const words = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--image-source', 'build', ...limits];
    report = await nodectlJson<UpReport>(words, there());
    plantDd(mountpoint(), place);
  }, 300_000);
  afterAll(async () => {
    await nodectl(['down', NODE, '--volumes', '--yes'], there());
    await engine?.close();
  }, 120_000);

  it('gives the chain a filesystem of its own, and the layer the driver’s quota', async () => {
    const facts = { wanted: SIZE, mode: 'sized', enforcement: 'sized filesystem', held: SIZE };
    expect(report.storage).toMatchObject(facts);
    expect((await nodectlJson<NodeStatus>(['status', NODE, '--timeout', '30s'], there())).storage).toMatchObject(facts);
    expect(container().HostConfig.StorageOpt).toEqual({ size: String(SIZE) });
  });

  it('is found as it is by a second up', async () => {
    expect((await nodectlJson<UpReport>(['up', '--name', NODE], there())).steps).toEqual([]);
  });

  it('keeps the layer of the node’s container to the size: dd past it is refused', () => {
    const layer = run('cat', `${data()}/image/btrfs/layerdb/mounts/${container().Id}/mount-id`).stdout.trim();
    const written = run('dd', 'if=/dev/zero', `of=${data()}/btrfs/subvolumes/${layer}/beyond`, 'bs=1M', `count=${SIZE / MIB + 50}`);
    expect([written.status, written.stderr]).toEqual([1, expect.stringContaining('Disk quota exceeded')]);
    expect(run('rm', join(data(), 'btrfs/subvolumes', layer, 'beyond')).status).toBe(0);
  });

  it('has given the chain every block before: a full disk under it fails no write, and no second one to the same place', () => {
    run('sh', '-c', FILL, 'sh', data());
    expect(run('dd', 'if=/dev/zero', `of=${data()}/more`, 'bs=1M', 'count=8', 'conv=fsync').stderr).toContain('No space left');
    for (const again of ['conv=fsync', 'conv=notrunc,fsync', 'conv=notrunc,fsync']) {
      expect(ddInside('over', ['count=16', again], place)).toMatchObject({ code: 0, said: expect.stringContaining('copied') });
    }
    expect(run('sh', '-c', 'rm -f "$1"/filler.* "$1/more"', 'sh', data()).status).toBe(0);
  });

  it('keeps the chain to the size: dd inside the container past it is refused', () => {
    const past = asleep(container().State.Pid, () => {
      const ran = ddInside('beyond', [`count=${SIZE / MIB}`], place);
      run('rm', join(mountpoint(), 'beyond'));
      return ran;
    });
    expect(past).toMatchObject({ code: 1, said: expect.stringContaining('No space left') });
  });

  it('has nothing left when the node is gone: no file, no device, no link, no volume', async () => {
    const file = image();
    expect((await nodectl(['down', NODE, '--volumes', '--yes'], there())).code).toBe(0);
    expect([run('test', '-e', file).status, run('test', '-L', `/dev/nodectl/nodectl-${NODE}`).status]).toEqual([1, 1]);
    expect(execFileSync('losetup', ['-a'], { encoding: 'utf8' })).not.toContain(`nodectl-${NODE}.img`);
    expect(belongings(NODE, engine.socket)).toEqual({ containers: [], volumes: [] });
  });
});
