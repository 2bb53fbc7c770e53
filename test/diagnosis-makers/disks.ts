import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineVolume, until } from '../scenarios/engine-view.ts';
import type { Death } from './death.ts';
import { docker } from './docker.ts';
import type { Scene } from './scene.ts';

const MIB = 2 ** 20;

/** A filesystem of a size of its own as the scene's volume, before there is a container. */
function sizedVolume(scene: Scene, bytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-sized-'));
  scene.later(() => rmSync(folder, { recursive: true }));
  const image = join(folder, 'disk');
  writeFileSync(image, '');
  truncateSync(image, bytes);
  execFileSync('mkfs.ext4', ['-q', '-m', '0', '-E', 'nodiscard', image]);
  const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim();
  scene.later(() => execFileSync('losetup', ['-d', device]));
  const labels = scene.way === 'nodectl' ? { 'nodectl.node': scene.node, 'nodectl.role': 'execution', 'nodectl.network': 'dev' } : {};
  engineVolume(scene.volume, labels, undefined, { type: 'ext4', device });
}

/** Leaves so many bytes free, without writing what takes the rest. */
function fill(scene: Scene, left: number): void {
  const { bavail, bsize } = statfsSync(scene.folder());
  execFileSync('fallocate', ['-l', String(bavail * bsize - left), join(scene.folder(), 'somebody-elses')]);
}

/** Leaves no block. */
function fillUp(scene: Scene): void {
  fill(scene, 2 * MIB);
  const file = openSync(join(scene.folder(), 'the-last-blocks'), 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(1024));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

const low: Death = {
  cause: 'a disk that runs low: geth ends itself',
  verdict: 'disk.low',
  code: 25,
  make: async (scene) => {
    sizedVolume(scene, 1536 * MIB);
    await scene.begin({ words: scene.way === 'nodectl' ? [] : ['--cache', '128', '--datadir.minfreedisk', '256'] });
    fill(scene, 100 * MIB);
    docker('restart', scene.container);
    const pid = scene.pid();
    if (pid > 0) await scene.died(pid);
  },
};

const full: Death = {
  cause: 'a disk that is full',
  verdict: 'disk.full',
  code: 25,
  make: async (scene) => {
    sizedVolume(scene, 1536 * MIB);
    const own = ['--dev.gaslimit', '60000000'];
    await scene.begin({ words: scene.way === 'nodectl' ? own : [...own, '--cache', '32', '--datadir.minfreedisk', '0'] });
    fillUp(scene);
    const pid = scene.pid();
    const writing = until(() => write(scene), 'a disk full under geth', 60_000);
    await Promise.race([scene.died(pid), writing]);
    await scene.died(pid);
  },
};

/** A transaction with much data in it; true when geth takes none any more. */
function write(scene: Scene): true | undefined {
  try {
    const [from] = scene.ask<string[]>('eth_accounts');
    const data = `0x${Array.from({ length: 30_000 }, () =>
      Math.floor(1 + Math.random() * 255)
        .toString(16)
        .padStart(2, '0'),
    ).join('')}`;
    scene.ask('eth_sendTransaction', [{ from, to: from, value: '0x1', data, gas: '0x500000' }]);
    return undefined;
  } catch {
    return true;
  }
}

export const DISK_DEATHS: readonly Death[] = [low, full];
