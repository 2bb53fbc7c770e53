import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveFiles } from '../../src/adapters/archive/archive-files.ts';
import { MANIFEST_FILE, type Manifest, manifestText } from '../../src/node/archive/manifest.ts';
import type { TreeEntry } from '../../src/ports/volume-tree.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings } from './engine-view.ts';
import { type PrivateEngine, privateEngine } from './private-engine.ts';

const able = await requires('docker', 'geth', 'loop', 'zstd');
const NODE = 'ts-fulldisk';
const MIB = 2 ** 20;
const DISK = 'mkdir -p "$1/data"; truncate -s 2600M "$1/disk"; mkfs.ext4 -q -F -m 0 "$1/disk"; mount -o loop "$1/disk" "$1/data"';
const UP = ['up', '--name', NODE, '--network', 'dev', '--memory', '512M', '--image-source', 'build', '--storage', '1100M'];

/** An archive that takes far more room than it has bytes itself. */
async function zeros(file: string, bytes: number): Promise<void> {
  const manifest: Manifest = {
    ...{ format: 'nodectl-archive', v: 1, nodectl: '0.4.0', made: '', node: NODE, spec: null, chain: true },
    volumes: [{ part: 'execution', labels: {} }],
  };
  const text = manifestText(manifest);
  const entries = async function* (): AsyncGenerator<TreeEntry> {
    const of = async function* (content: Uint8Array, times: number) {
      for (let at = 0; at < times; at++) yield content;
    };
    yield { path: MANIFEST_FILE, kind: 'file', mode: 0o600, size: text.length, content: of(Buffer.from(text), 1) };
    yield { path: 'execution/geth', kind: 'folder', mode: 0o700, size: 0, content: of(Buffer.alloc(0), 0) };
    yield { path: 'execution/geth/zeros', kind: 'file', mode: 0o600, size: bytes, content: of(Buffer.alloc(MIB), bytes / MIB) };
  };
  await archiveFiles().write(entries(), { file }, new AbortController().signal);
}

describe.skipIf(!able)('an engine whose disk is full', { timeout: 600_000 }, () => {
  let engine: PrivateEngine;
  let data = '';
  const folder = mkdtempSync('/var/tmp/nodectl-full-');
  const inside = () => [...engine.inside, '-m'];
  const here = () => ({ env: { DOCKER_HOST: `unix://${engine.socket}` }, through: inside() });
  const there = (...words: readonly string[]) => execFileSync('nsenter', [...inside().slice(1), ...words], { encoding: 'utf8' }).trim();
  const free = () => Number(there('stat', '-f', '-c', '%a', data)) * Number(there('stat', '-f', '-c', '%S', data));
  const leave = (bytes: number) => there('fallocate', '-l', String(free() - bytes), join(data, 'filler'));
  const refusal = async (...words: readonly string[]) => {
    const { code, stderr } = await nodectl([...words, '--json'], here());
    return { code, error: (JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { error: { code: string } }).error.code };
  };

  beforeAll(async () => {
    engine = await privateEngine(DISK);
    data = join(engine.pidFile, '../data');
    // No other disk is ever filled.
    expect(free()).toBeLessThan(2600 * MIB);
    await nodectlJson(UP, here());
  }, 300_000);
  afterAll(async () => {
    await nodectl(['down', NODE, '--volumes', '--yes'], here());
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it('is no place for a larger chain, and the one that is there stays as it is', async () => {
    expect(await refusal('storage', 'grow', '9G', NODE)).toEqual({ code: 4, error: 'DISK_FULL' });
    expect(await refusal('up', '--name', NODE, '--storage', '9G')).toEqual({ code: 4, error: 'DISK_FULL' });
    expect(belongings(NODE, engine.socket).containers).toMatchObject([{ State: 'running' }]);
  });

  it('lets no geth at a file whose blocks were given back, until they can be reserved', async () => {
    await nodectl(['stop', NODE], here());
    const [file, link] = [join(data, `nodectl/nodectl-${NODE}.img`), `/dev/nodectl/nodectl-${NODE}`];
    there('sh', '-ec', 'losetup -d "$(readlink "$1")"; cp --sparse=always "$2" "$2.sparse"; mv "$2.sparse" "$2"', 'sh', link, file);
    leave(100 * MIB);
    expect(await refusal('start', NODE)).toEqual({ code: 4, error: 'DISK_FULL' });
    expect(belongings(NODE, engine.socket).containers).toMatchObject([{ State: 'exited' }]);
    there('rm', join(data, 'filler'));
    await nodectlJson(['start', NODE], here());
    await nodectl(['down', NODE, '--volumes', '--yes'], here());
  });

  it('is said when an archive does not fit into it, of which nothing is left', async () => {
    const archive = join(folder, 'zeros.tar.zst');
    await zeros(archive, 400 * MIB);
    leave(200 * MIB);
    const before = free();
    expect(await refusal('import', archive)).toEqual({ code: 4, error: 'DISK_FULL' });
    expect(belongings(NODE, engine.socket)).toEqual({ containers: [], volumes: [] });
    expect(free()).toBeGreaterThan(before - 20 * MIB);
    there('rm', join(data, 'filler'));
    await nodectlJson(['import', archive], here());
    expect(belongings(NODE, engine.socket).volumes).toEqual([`nodectl-${NODE}`]);
  });
});
