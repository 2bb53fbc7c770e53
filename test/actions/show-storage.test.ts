import { describe, expect, test } from 'vitest';
import { showStorage } from '../../src/actions/show-storage.ts';
import { command } from '../../src/cli/commands/storage-show.ts';
import { PLAIN } from '../../src/cli/style.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { PART_FOLDERS } from '../../src/node/storage/chain-parts.ts';
import { newSizedPlace, sizedLabel, sizedOptions } from '../../src/node/storage/sized-place.ts';
import type { Host } from '../../src/ports/host.ts';
import type { FilesystemFacts, HostFiles } from '../../src/ports/host-files.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';
import { FakeMachine } from '../fakes/fake-machine.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const GIB = 2 ** 30;
const DAY = 86_400_000;
const POINT = '/fake/volumes/nodectl-dev/_data';
const SIZES = { '': 1, 'geth/chaindata': 20, 'geth/chaindata/ancient': 300, 'geth/chaindata/ancient/state': 4000, 'geth/triedb': 50_000 };
const EMPTY = Object.fromEntries(PART_FOLDERS.map((folder) => [folder, 0]));

interface Scene {
  readonly spec?: Partial<NodeSpec>;
  readonly host?: Partial<Host>;
  readonly files?: Partial<HostFiles>;
  readonly volume?: { readonly labels?: Record<string, string>; readonly options?: Record<string, string> };
  readonly journal?: readonly Omit<JournalRecord, 'time'>[];
}

/** A dev node whose volume holds 54321 bytes in all. */
async function scene({ spec = {}, host = {}, files = {}, volume = {}, journal = [] }: Scene = {}) {
  const directorySizes = async () => ({ ...EMPTY, ...SIZES });
  const nodes = fakeNodes({ directorySizes: directorySizes as Host['directorySizes'], ...host });
  const machine = new FakeMachine();
  machine.put(POINT, '');
  const labels = { 'nodectl.node': 'dev', 'nodectl.role': 'execution', 'nodectl.network': 'dev', ...volume.labels };
  await nodes.engine.createVolume({ name: 'nodectl-dev', labels, options: volume.options });
  await nodes.add('dev', spec);
  const records = [...journal] as JournalRecord[];
  const world = {
    ...nodes.world,
    hostFiles: async (): Promise<HostFiles> => ({ ...machine.hostFiles, uid: 0, ...files }),
    journal: async () => ({
      append: (_node: string, record: Omit<JournalRecord, 'time'>) => void records.push({ time: Date.now(), ...record }),
      read: () => records,
    }),
  };
  const show = async (node?: string) => {
    const report = await showStorage({ node }, world);
    expect(command.report.safeParse(report).error).toBeUndefined();
    return report;
  };
  const container = () => nodes.engine.containers.get('nodectl-dev');
  return { ...nodes, world, machine, records, show, container, id: container()?.id ?? '' };
}

/** The filesystem of a path in a machine where the volume is one of its own. */
const ownFilesystem =
  (machine: FakeMachine, free: number) =>
  (path: string): FilesystemFacts => {
    return path === POINT ? { ...machine.disk, mountPoint: POINT, source: '/dev/loop1', total: 20 * GIB, free } : machine.disk;
  };

describe('storage show', () => {
  test('tells the parts of a chain apart, and their sum', async () => {
    const { show, machine } = await scene();
    const { parts, volume, disk, notes, ...report } = await show();
    expect(report).toMatchObject({ node: 'dev', network: 'dev', mode: 'full', growth: null });
    expect(parts.map(({ part, bytes }) => [part, bytes])).toEqual([
      ['chaindata', 20],
      ['ancient', 300],
      ['state', 54_000],
      ['other', 1],
      ['logs', null],
      ['layer', 0],
    ]);
    expect(volume).toMatchObject({ name: 'nodectl-dev', usedBytes: 54_321, freeBytes: null });
    expect(disk).toMatchObject({ source: machine.disk.source, freeBytes: machine.disk.free });
    expect(notes).toHaveLength(2);
  });

  test('keeps what it counted, so that the next look knows the growth', async () => {
    const { show, records, id } = await scene();
    await show();
    const use = records.find(({ kind }) => kind === 'use');
    expect(use?.data).toMatchObject({ id, disk: 54_321 });
    expect(records.filter(({ kind }) => kind === 'disk')).toHaveLength(1);
    Object.assign(use ?? {}, { time: Date.now() - DAY, data: { ...use?.data, disk: 54_321 / 3 } });
    const { growth } = await show();
    expect(growth?.looks).toBe(2);
    expect(Math.abs((growth?.bytesPerDay ?? 0) - (54_321 * 2) / 3)).toBeLessThan(2);
  });

  test('tells when the disk is full by what anybody writes to it', async () => {
    const { show, machine, records } = await scene();
    const { source, total, free } = machine.disk;
    records.push({ time: Date.now() - DAY, kind: 'disk', data: { source, total, free: free + 10 * GIB } });
    expect((await show()).full).toMatchObject({ by: 'disk', inMs: expect.closeTo(((free - 512 * 2 ** 20) / (10 * GIB)) * DAY, -4) });
  });

  test('measures logs where root sees them', async () => {
    const { show, machine, id } = await scene();
    machine.put(`/fake/containers/${id}/${id}-json.log`, 'x'.repeat(77));
    machine.put(`/fake/containers/${id}/${id}-json.log.1`, 'x'.repeat(23));
    machine.put(`/fake/containers/${id}/config.v2.json`, 'x'.repeat(999));
    expect((await show()).parts.find(({ part }) => part === 'logs')?.bytes).toBe(100);
  });
});

describe('storage show of a filesystem in a file', () => {
  const place = newSizedPlace('nodectl-dev', '/fake');
  const sized = {
    spec: { storage: 20 * GIB, storageMode: 'sized' as const },
    volume: { labels: { ...sizedLabel(place) }, options: { ...sizedOptions(place) } },
  };

  test('counts its walls, and not the disk where its blocks are reserved', async () => {
    const { show } = await scene({ ...sized, files: { filesystem: ownFilesystem(new FakeMachine(), 5 * GIB) } });
    const { volume, full, disk } = await show();
    expect(volume?.freeBytes).toBe(5 * GIB);
    expect(full).toMatchObject({ by: 'limit', roomBytes: 5 * GIB - (full?.reserveBytes ?? 0) });
    expect(disk?.source).toBe('/dev/vda');
  });

  test('that is not mounted is not taken for empty: the last count is told, with its time', async () => {
    const time = Date.now() - DAY;
    const { show, container, id, records } = await scene(sized);
    container()?.end(0);
    records.push({ time, kind: 'use', data: { id, disk: 999 } });
    const { volume, parts, full, notes } = await show();
    expect(volume).toMatchObject({ usedBytes: 999, usedAt: new Date(time).toISOString(), freeBytes: null });
    expect(parts[0]).toEqual({ part: 'chain', of: 'nodectl-dev', bytes: null });
    expect(full).toBeNull();
    expect(notes.some((note) => note.includes('mounted only while'))).toBe(true);
  });
});

describe('storage show where not everything can be seen', () => {
  test('of an engine elsewhere takes its word for the whole, and reads no file of this machine', async () => {
    const directorySizes = () => Promise.reject(new Error('not this machine'));
    const { show, engine } = await scene({ host: { directorySizes } });
    engine.facts = { ...engine.facts, local: false };
    const { parts, disk, full, notes } = await show();
    expect(parts.map(({ part, bytes }) => [part, bytes])).toEqual([
      ['chain', 0],
      ['logs', null],
      ['layer', 0],
    ]);
    expect([disk, full]).toEqual([null, null]);
    expect(notes.length).toBeGreaterThanOrEqual(3);
  });

  test('says unknown where nobody can count', async () => {
    const { show, engine } = await scene({ host: { directorySizes: async () => undefined } });
    engine.volumeSize = async () => undefined;
    const report = await show();
    expect(report.volume).toMatchObject({ usedBytes: null, usedAt: null });
    expect(command.render(report, PLAIN)).toContain('unknown');
  });

  test('of volumes alone tells them, of a consensus client and an old copy too', async () => {
    const { show, engine } = await scene();
    await engine.removeContainer('nodectl-dev', { force: true });
    for (const name of ['nodectl-dev.old', 'nodectl-dev.consensus']) await engine.createVolume({ name, labels: { 'nodectl.node': 'dev' } });
    const { parts, mode, network, volume } = await show('dev');
    expect([mode, network, volume?.limit]).toEqual([null, 'dev', null]);
    expect(parts.map(({ part }) => part)).toEqual(['chaindata', 'ancient', 'state', 'other', 'kept', 'consensus']);
  });

  test('that is interrupted tells nothing half counted', async () => {
    const stuck: { interrupt?: () => void } = {};
    const directorySizes = async () => {
      stuck.interrupt?.();
      return undefined;
    };
    const { show, interrupt, engine } = await scene({ host: { directorySizes } });
    stuck.interrupt = interrupt;
    engine.volumeSize = () => new Promise(() => {});
    expect(await errorOfPromise(show())).toMatchObject({ code: 'INTERRUPTED' });
  });

  test('of a node that does not exist is an error', async () => {
    const { show } = await scene();
    expect(await errorOfPromise(show('nobody'))).toMatchObject({ code: 'NO_SUCH_NODE' });
  });
});

test('the text has a line for each part and each fact, aligned', async () => {
  const { show } = await scene();
  const text = command.render(await show(), PLAIN);
  for (const word of ['Chain', 'Disk', 'Growth', 'Full', 'Chaindata', 'Ancient', 'State history', 'Logs', 'Layer', 'Note']) {
    expect(text).toMatch(new RegExp(`^ {2}${word} {2,}\\S`, 'm'));
  }
});
