import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StartedReport } from '../../src/actions/start.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet, receipt, rpc } from './engine-view.ts';
import { killedUntilDone } from './killed-until-done.ts';

const able = await requires('docker', 'geth', 'loop', 'docker-cli');
const NODE = 'ts-faults';
const GUEST = 'ts-faults-guest';
const SIZE = 1100 * 2 ** 20;
const FOLDER = `/var/tmp/nodectl-ts-faults-${process.pid}`;
const SMALL = join(FOLDER, 'small');

interface Inspected {
  readonly Image: string;
  readonly State: { readonly Status: string };
}

const run = (program: string, ...words: readonly string[]) => execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' }).trim();
const container = () => engineGet<Inspected>(`/containers/nodectl-${NODE}/json`);
const volume = () => engineGet<{ readonly Labels: Record<string, string>; readonly Options: object | null }>(`/volumes/nodectl-${NODE}`);
const image = () => (JSON.parse(volume().Labels['nodectl.storage'] ?? '{}') as { image: string }).image;
const device = () => run('readlink', `/dev/nodectl/nodectl-${NODE}`);
const mounts = () => readFileSync('/proc/mounts', 'utf8');
const loops = () => run('losetup', '--list', '--noheadings', '--output', 'BACK-FILE');
const refusal = async (...words: readonly string[]) => {
  const { code, stderr } = await nodectl([...words, '--json']);
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { error: { code: string; hint: string } };
  return { code, error: error.code, hint: error.hint };
};

/** A filesystem with room for bytes, and for hardly any file: it is full in the midst of a copy, whatever was free before. */
function mountSmall(): void {
  mkdirSync(SMALL, { recursive: true });
  run('truncate', '-s', '512M', `${SMALL}.img`);
  run('mkfs.ext4', '-q', '-F', '-m', '0', '-N', '16', `${SMALL}.img`);
  run('mount', '-o', 'loop', `${SMALL}.img`, SMALL);
}

describe.skipIf(!able)('what goes wrong with the storage of a node', { timeout: 600_000 }, () => {
  let port = 0;
  let tip: unknown;
  const latest = () => rpc<unknown>(port, 'eth_getBlockByNumber', ['latest', false]);
  const clear = async () => {
    spawnSync('docker', ['rm', '-f', GUEST]);
    await nodectl(['down', NODE, '--volumes', '--yes']);
    spawnSync('umount', [SMALL]);
    rmSync(FOLDER, { recursive: true, force: true });
  };

  beforeAll(async () => {
    await clear();
    const limits = ['--memory', '512M', '--storage', String(SIZE), '--storage-mode', 'sized'];
    const up = await nodectlJson<UpReport>(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', ...limits]);
    port = up.spec.ports.http;
    const [from] = rpc<readonly string[]>(port, 'eth_accounts');
    await receipt(port, rpc<string>(port, 'eth_sendTransaction', [{ from, to: from, value: '0x1' }]));
    tip = latest();
    mountSmall();
  }, 600_000);
  afterAll(clear, 120_000);

  it('a disk that is full in the midst of a migration leaves the chain where it was', async () => {
    expect(await refusal('storage', 'migrate', NODE, '--to', 'path', '--path', SMALL)).toMatchObject({ code: 4, error: 'DISK_FULL' });
    expect(volume().Options).toMatchObject({ type: 'ext4' });
    expect((await nodectlJson<StartedReport>(['start', NODE])).start.ready?.head).toBe(1);
    expect(latest()).toEqual(tip);
    run('umount', SMALL);
  });

  it('a second container on its volume is named before anything is stopped, and geth lets no second geth in', async () => {
    const on = ['-v', `nodectl-${NODE}:/data`, '--network', 'none', container().Image];
    const second = spawnSync('docker', ['run', '--rm', '--user', '1000:1000', ...on, '--dev', '--datadir', '/data'], { encoding: 'utf8' });
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('datadir already used')]);
    run('docker', 'run', '-d', '--name', GUEST, ...on, '--dev');
    expect(await refusal('export', join(FOLDER, 'x.tar.zst'), NODE, '--stop')).toMatchObject({ error: 'NODE_RUNNING' });
    const migration = await refusal('storage', 'migrate', NODE, '--to', 'volume');
    expect(migration).toMatchObject({ code: 4, error: 'NODE_RUNNING', hint: expect.stringContaining(GUEST) });
    expect(container().State.Status).toBe('running');
    run('docker', 'rm', '-f', GUEST);
  });

  it('a file that is deleted underneath is told while geth runs, and saved by the words of the hint', async () => {
    rmSync(image());
    expect((await nodectlJson<NodeStatus>(['status', NODE])).storage).toMatchObject({ enforcement: 'not enforced' });
    await nodectl(['stop', NODE]);
    const { error, hint } = await refusal('start', NODE);
    expect(error).toBe('STORAGE_LOST');
    const words = [...hint.matchAll(/`([^`]+)`/g)].map(([, command]) => command ?? '');
    expect(words.slice(1)).toEqual([expect.stringContaining(`cp --sparse=never ${device()}`), `losetup -d ${device()}`]);
    for (const command of words.slice(1)) run('sh', '-ec', command);
    expect((await nodectlJson<StartedReport>(['start', NODE])).start.ready?.head).toBe(1);
    expect(latest()).toEqual(tip);
  });

  it('a growth is finished however often it is killed', async () => {
    await nodectl(['stop', NODE]);
    expect(await killedUntilDone(['storage', 'grow', '1400M', NODE], 400)).toMatchObject({ code: 0 });
    await nodectlJson<StartedReport>(['start', NODE]);
    expect(latest()).toEqual(tip);
    expect((await nodectlJson<NodeStatus>(['status', NODE])).storage).toMatchObject({ held: 1400 * 2 ** 20 });
  });

  it('a file whose blocks were given back has them reserved again before geth is started', async () => {
    await nodectl(['stop', NODE]);
    const [file, sparse] = [image(), `${image()}.sparse`];
    run('losetup', '-d', device());
    run('cp', '--sparse=always', file, sparse);
    renameSync(sparse, file);
    expect(statSync(file).blocks * 512).toBeLessThan(SIZE / 2);
    await nodectlJson<StartedReport>(['start', NODE]);
    expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(1400 * 2 ** 20);
    expect(latest()).toEqual(tip);
  });

  it('a file that was cut lets geth not begin, and goes with the node', async () => {
    await nodectl(['stop', NODE]);
    const file = image();
    truncateSync(file, 400 * 2 ** 20);
    expect(await refusal('start', NODE)).toMatchObject({ code: 4, error: 'STORAGE_LOST' });
    expect(await refusal('up', '--name', NODE)).toMatchObject({ code: 4, error: 'STORAGE_LOST' });
    expect(container().State.Status).toBe('exited');
    expect((await nodectl(['down', NODE, '--volumes', '--yes'])).code).toBe(0);
    expect([existsSync(file), loops().includes(NODE), mounts().includes(NODE)]).toEqual([false, false, false]);
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
    expect(readdirSync('/dev/nodectl')).not.toContain(`nodectl-${NODE}`);
  });
});
