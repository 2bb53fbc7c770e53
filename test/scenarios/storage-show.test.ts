import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/actions/doctor.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { StorageShow } from '../../src/node/storage/storage-show.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson, STATE } from './cli.ts';
import { engineGet, rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth', 'loop');
const NODE = 'ts-show';
const MIB = 2 ** 20;
const SIZE = 1200 * MIB;
const DAY = 86_400_000;
const JOURNAL = join(STATE, 'nodectl', `${NODE}.ndjson`);

const show = () => nodectlJson<StorageShow>(['storage', 'show', NODE]);
const doctor = async () => {
  const { stdout } = await nodectl(['doctor', 'vol.space', '--json']);
  return (JSON.parse(stdout) as DoctorReport).findings[0];
};
const mountpoint = () => engineGet<{ readonly Mountpoint: string }>(`/volumes/nodectl-${NODE}`).Mountpoint;
const identity = () => engineGet<{ readonly Id: string }>(`/containers/nodectl-${NODE}/json`).Id;
const bytesOf = (report: StorageShow, part: string) => report.parts.find((one) => one.part === part)?.bytes ?? null;
const du = (folder: string) => Number(execFileSync('du', ['-s', '-B1', folder], { encoding: 'utf8' }).split('\t')[0]);

/** Makes the journal what it would be had the chain been begun long ago, and looked at so many days ago. */
function lookedBefore(days: number, disk: number): void {
  const records = readFileSync(JOURNAL, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.includes('"newChain"'));
  const look = { time: Date.now() - days * DAY, kind: 'use', data: { id: identity(), memory: 1, disk } };
  writeFileSync(JOURNAL, [JSON.stringify(look), ...records, ''].join('\n'));
}

describe.skipIf(!able)('storage show of a chain in a filesystem of its own', { timeout: 300_000 }, () => {
  let report: UpReport;
  const down = async () => {
    await nodectl(['down', NODE, '--volumes', '--yes']);
    rmSync(JOURNAL, { force: true });
  };

  beforeAll(async () => {
    await down();
    const limits = ['--memory', '512M', '--storage', String(SIZE), '--storage-mode', 'sized'];
    const dev = ['--network', 'dev', '--port', 'auto', '--json', '--', '--dev.period', '1'];
    const up = await nodectl(['up', '--name', NODE, ...limits, ...dev]);
    expect(up.code, up.stderr).toBe(0);
    report = JSON.parse(up.stdout) as UpReport;
    await until(() => Number(rpc(report.spec.ports.http, 'eth_blockNumber')) >= 2 || undefined, 'two blocks');
  }, 600_000);
  afterAll(down);

  it('tells of each part what du tells, and of the room what the kernel does', async () => {
    const told = await show();
    const folder = mountpoint();
    const slack = MIB;
    const ancient = du(join(folder, 'geth/chaindata/ancient'));
    expect(Math.abs((told.volume?.usedBytes ?? 0) - du(folder))).toBeLessThan(slack);
    expect(Math.abs((bytesOf(told, 'ancient') ?? 0) + (bytesOf(told, 'state') ?? 0) - ancient)).toBeLessThan(slack);
    expect(Math.abs((bytesOf(told, 'chaindata') ?? 0) + ancient - du(join(folder, 'geth/chaindata')))).toBeLessThan(slack);
    const { bavail, bsize } = statfsSync(folder);
    expect(Math.abs((told.volume?.freeBytes ?? 0) - bavail * bsize)).toBeLessThan(slack);
    expect(told.volume?.limit).toMatchObject({ enforcement: 'sized filesystem', held: SIZE });
    expect(told.disk?.mountPoint).not.toBe(folder);
    expect(bytesOf(told, 'logs')).toBeGreaterThan(0);
    expect(bytesOf(told, 'layer')).toBe(0);
  });

  it('tells no growth that nobody saw', async () => {
    expect(await show()).toMatchObject({ growth: null, full: { by: 'limit', inMs: null } });
  });

  it('tells by an earlier look when geth ends itself', async () => {
    lookedBefore(1, 0);
    const { volume, growth, full } = await show();
    const perDay = volume?.usedBytes ?? 0;
    expect(Math.abs((growth?.bytesPerDay ?? 0) / perDay - 1)).toBeLessThan(0.05);
    const days = (full?.inMs ?? 0) / DAY;
    expect(days).toBeCloseTo((full?.roomBytes ?? 0) / (growth?.bytesPerDay ?? 1), 1);
    expect(full?.roomBytes).toBe((volume?.freeBytes ?? 0) - (full?.reserveBytes ?? 0));
    expect(full?.reserveBytes).toBeGreaterThanOrEqual(512 * MIB);
  });

  it('doctor shows the volume against its size, and warns before geth ends itself', async () => {
    const finding = await doctor();
    expect(finding?.read.find(({ source }) => source === `nodectl-${NODE}`)?.value).toContain('GiB');
    const filler = join(mountpoint(), 'filler');
    const { bavail, bsize } = statfsSync(mountpoint());
    execFileSync('fallocate', ['-l', String(bavail * bsize - 700 * MIB), filler]);
    try {
      const full = await doctor();
      expect(['warn', 'fail']).toContain(full?.severity);
      expect(full?.remedy?.commands.some((line) => line.startsWith('nodectl storage grow ') && line.endsWith(NODE))).toBe(true);
    } finally {
      rmSync(filler, { force: true });
    }
  });

  it('while it is stopped tells the last count, and takes the empty folder for nothing', async () => {
    const before = (await show()).volume;
    await nodectl(['stop', NODE]);
    const { volume, parts, notes } = await show();
    expect(volume?.usedBytes).toBeGreaterThan(0);
    expect(Date.parse(volume?.usedAt ?? '')).toBeLessThanOrEqual(Date.parse(before?.usedAt ?? ''));
    expect(parts.find(({ of }) => of === `nodectl-${NODE}`)).toMatchObject({ part: 'chain', bytes: null });
    expect(notes.length).toBeGreaterThan(0);
  });
});
