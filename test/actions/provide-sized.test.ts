import { describe, expect, test } from 'vitest';
import { lookAtSized, provideSized } from '../../src/actions/provide-sized.ts';
import { NodectlError } from '../../src/errors.ts';
import { GIB } from '../../src/node/size.ts';
import { newSizedPlace } from '../../src/node/storage/sized-place.ts';
import type { World } from '../../src/ports.ts';
import { FakeLoops } from '../fakes/fake-loops.ts';
import { Killed } from '../fakes/fake-machine.ts';
import { swapWorld } from './swap-world.ts';

const PLACE = newSizedPlace('nodectl-dev', '/var/lib/docker');

function machine() {
  const { machine, world, again } = swapWorld();
  const loops = new FakeLoops(machine);
  const hands = { files: machine.hostFiles, changes: machine.hostChanges };
  const provide = (bytes: number, least: number | null = null) => provideSized({ place: PLACE, bytes, least }, hands, world() as World);
  const planned = async (bytes: number, least: number | null = null) =>
    (await lookAtSized({ place: PLACE, bytes, least }, hands.files, hands.changes)).steps.map(({ id }) => id);
  return { machine, loops, provide, planned, again };
}

const codeOf = async (act: Promise<unknown>) => {
  const thrown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof NodectlError ? thrown.code : thrown;
};

describe('a filesystem in a file', () => {
  test('is made whole under another name, gets its name, then its device, and needs nothing more', async () => {
    const { loops, provide, planned, machine: on } = machine();
    expect(await planned(2 * GIB)).toEqual(['make-folder', 'allocate', 'make-filesystem', 'publish', 'attach']);
    await provide(2 * GIB);
    expect(loops.filesystem(PLACE.image)).toBe(2 * GIB);
    expect(on.links.get(PLACE.link)).toBe(loops.attached().get(PLACE.image));
    expect(await planned(2 * GIB)).toEqual([]);
    expect(await planned(GIB)).toEqual([]);
  });

  test('gets its device again after a boot, whoever has its number by then', async () => {
    const { machine: on, loops, provide, planned } = machine();
    await provide(2 * GIB);
    loops.boot();
    on.put('/sys/block/loop0/loop/backing_file', '/snap/core.img', 0o444);
    expect(await planned(2 * GIB, 2 * GIB)).toEqual(['attach']);
    await provide(2 * GIB, 2 * GIB);
    expect(on.links.get(PLACE.link)).toBe('/dev/loop1');
  });

  test('is attached at every boot by a unit of systemd, where there is systemd', async () => {
    const { machine: on, provide, planned } = machine();
    on.put('/run/systemd/system', '');
    await provide(2 * GIB);
    expect(on.text('/etc/systemd/system/nodectl-storage-nodectl-dev.service')).toContain('losetup');
    expect(await planned(2 * GIB, 2 * GIB)).toEqual([]);
  });

  test('grows while it is used', async () => {
    const { loops, provide, planned } = machine();
    await provide(2 * GIB);
    loops.mount('/dev/loop0', '/var/lib/docker/volumes/nodectl-dev/_data');
    expect(await planned(3 * GIB, 2 * GIB)).toEqual(['extend', 'show-size', 'resize', 'reserve']);
    await provide(3 * GIB, 2 * GIB);
    expect(loops.filesystem(PLACE.image)).toBe(3 * GIB);
  });

  test('says so where the kernel does not grow what is used, and the same call grows it once nobody uses it', async () => {
    const { loops, provide } = machine();
    await provide(2 * GIB);
    loops.growsInUse = false;
    loops.mount('/dev/loop0', '/somewhere');
    expect(await codeOf(provide(3 * GIB, 2 * GIB))).toBe('HOST_REFUSED');
    expect(loops.filesystem(PLACE.image)).toBe(2 * GIB);
    loops.unmount();
    await provide(3 * GIB, 2 * GIB);
    expect(loops.filesystem(PLACE.image)).toBe(3 * GIB);
  });

  test('has its blocks reserved again after something gave them back', async () => {
    const { machine: on, loops, provide, planned } = machine();
    await provide(2 * GIB);
    const file = on.files.get(PLACE.image);
    if (file) file.holes = true;
    expect(await planned(2 * GIB, 2 * GIB)).toEqual(['reserve']);
    await provide(2 * GIB, 2 * GIB);
    expect(await planned(2 * GIB, 2 * GIB)).toEqual([]);
    loops.boot();
    if (file) file.holes = true;
    expect(await planned(2 * GIB, 2 * GIB)).toEqual(['reserve', 'attach']);
  });
});

describe('what cannot be had', () => {
  test('growing what is used without the right to is refused before anything is changed', async () => {
    const { machine: on, loops, provide } = machine();
    await provide(2 * GIB);
    on.put('/proc/self/status', 'CapEff:\t000001fffeffffff\n', 0o444);
    loops.mount('/dev/loop0', '/somewhere');
    const before = on.state();
    expect(await codeOf(provide(3 * GIB, 2 * GIB))).toBe('HOST_REFUSED');
    expect(on.state()).toBe(before);
    loops.unmount();
    await provide(3 * GIB, 2 * GIB);
    expect(loops.filesystem(PLACE.image)).toBe(3 * GIB);
  });

  test('a file larger than the disk is refused before anything is made', async () => {
    const { machine: on, provide } = machine();
    const before = on.state();
    expect(await codeOf(provide(61 * GIB))).toBe('DISK_FULL');
    expect(on.state()).toBe(before);
  });

  test('without a free loop device nothing is left', async () => {
    const { machine: on, loops, provide } = machine();
    loops.most = 0;
    const before = on.state();
    expect(await codeOf(provide(2 * GIB))).toBe('STORAGE_IMPOSSIBLE');
    expect(on.state()).toBe(before);
  });

  test('a file that is gone, cut or deleted underneath is told and not made anew', async () => {
    const { machine: on, loops, provide } = machine();
    await provide(2 * GIB);
    const file = on.files.get(PLACE.image);
    if (file) file.size = GIB;
    expect(await codeOf(provide(2 * GIB, 2 * GIB))).toBe('STORAGE_LOST');
    on.files.delete(PLACE.image);
    on.put('/sys/block/loop0/loop/backing_file', `${PLACE.image} (deleted)\n`, 0o444);
    expect(await codeOf(provide(2 * GIB, 2 * GIB))).toBe('STORAGE_LOST');
    loops.boot();
    expect(await codeOf(provide(2 * GIB, 2 * GIB))).toBe('STORAGE_LOST');
  });
});

describe('a run that is killed at any act', () => {
  const cutOff = async (first: (on: ReturnType<typeof machine>) => Promise<unknown>, bytes: number, least: number | null) => {
    for (let at = 0; ; at++) {
      const on = machine();
      await first(on);
      on.machine.revive();
      on.machine.before = (_, index) => {
        if (index !== at) return;
        on.machine.killed = true;
        throw new Killed();
      };
      const killed = await on.provide(bytes, least).then(
        () => false,
        (thrown) => thrown instanceof Killed,
      );
      if (!killed) return at;
      on.again();
      await on.provide(bytes, least);
      expect(on.loops.filesystem(PLACE.image), `killed at act ${at}`).toBe(bytes);
      expect(on.loops.attached().size).toBe(1);
      expect(await on.planned(bytes, bytes)).toEqual([]);
      expect(on.machine.hostFiles.status(`${PLACE.image}.new`)).toBeUndefined();
    }
  };

  test('is finished by the same call: making', async () => {
    expect(await cutOff(async () => {}, 2 * GIB, null)).toBeGreaterThan(6);
  });

  test('is finished by the same call: growing', async () => {
    expect(await cutOff(({ provide }) => provide(2 * GIB), 3 * GIB, 2 * GIB)).toBeGreaterThan(4);
  });
});
