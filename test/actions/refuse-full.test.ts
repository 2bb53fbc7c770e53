import { describe, expect, test } from 'vitest';
import { GIB, MIB } from '../../src/node/size.ts';
import { upWorld } from '../fakes/up-world.ts';

const UP = ['up', '--network', 'dev', '--port', '18545'];

/** A world whose disk has so much free, and whose chains take so much. */
function world({ free = 60 * GIB, used = 0 } = {}) {
  const up = upWorld();
  const room = { free, used };
  const host = up.world.host;
  const seen = { ...up.world, host: async () => ({ ...(await host()), diskFree: () => room.free, directorySize: async () => room.used }) };
  Object.assign(up.world, { host: seen.host });
  return { ...up, room, container: () => up.engine.containers.get('nodectl-dev') };
}

// The first `up` of a process loads all of it.
describe('a stopped node whose disk is low', { timeout: 60_000 }, () => {
  test('is not started: DISK_FULL, and what helps', async () => {
    const { nodectl, room, container } = world();
    expect((await nodectl(...UP)).code).toBe(0);
    expect((await nodectl('stop', 'dev')).code).toBe(0);
    room.free = 100 * MIB;
    for (const words of [['start', 'dev'], UP, [...UP, '--dry-run']]) {
      const ran = await nodectl(...words, '--json');
      expect([ran.code, container()?.running]).toEqual([4, false]);
      expect(ran.stderr).toContain('"code":"DISK_FULL"');
      expect(ran.stderr).toContain('docker system df');
    }
    expect((await nodectl(...UP, '--force')).code).toBe(0);
    expect(container()?.running).toBe(true);
  });

  test('is judged by the disk of the folder that its volume is bound to', async () => {
    const { nodectl, world: ground, engine, container } = world();
    await nodectl(...UP);
    await nodectl('stop', 'dev');
    const volume = engine.volumes.get('nodectl-dev');
    if (volume === undefined) throw new Error('no volume');
    engine.volumes.set('nodectl-dev', { ...volume, options: { type: 'none', o: 'bind', device: '/mnt/small/nodectl-dev' } });
    const host = await ground.host();
    const asked: string[] = [];
    const diskFree = (path: string) => {
      asked.push(path);
      return path.startsWith('/mnt/small') ? 100 * MIB : 60 * GIB;
    };
    Object.assign(ground, { host: async () => ({ ...host, diskFree }) });
    expect((await nodectl('start', 'dev')).code).toBe(4);
    expect(asked).toContain('/mnt/small/nodectl-dev');
    expect(container()?.running).toBe(false);
  });

  test('is started again when there is room', async () => {
    const { nodectl, room, container } = world();
    await nodectl(...UP);
    await nodectl('stop', 'dev');
    room.free = 100 * MIB;
    expect((await nodectl('start', 'dev')).code).toBe(4);
    room.free = GIB;
    expect((await nodectl('start', 'dev')).code).toBe(0);
    expect(container()?.running).toBe(true);
  });

  test('that runs yet is not stopped by a restart in vain, and is left alone by up and start', async () => {
    const { nodectl, room, container } = world();
    await nodectl(...UP);
    room.free = 100 * MIB;
    const begun = container()?.observed.startedAt;
    expect((await nodectl('restart', 'dev')).code).toBe(4);
    expect((await nodectl('start', 'dev')).code).toBe(0);
    expect((await nodectl(...UP)).code).toBe(0);
    expect([container()?.running, container()?.observed.startedAt]).toEqual([true, begun]);
    // A drift that would replace its container.
    expect((await nodectl(...UP, '--', '--dev.period', '3')).code).toBe(4);
    expect([container()?.running, container()?.observed.startedAt]).toEqual([true, begun]);
  });
});

describe('a chain at the size that a watchdog keeps', () => {
  const SIZED = [...UP, '--storage', '4G', '--storage-mode', 'watchdog'];

  test('is not started before it gets a larger one', async () => {
    const { nodectl, room, container } = world();
    expect((await nodectl(...SIZED)).code).toBe(0);
    await nodectl('stop', 'dev');
    room.used = 4 * GIB - 100 * MIB;
    expect((await nodectl('start', 'dev')).code).toBe(4);
    expect((await nodectl(...SIZED)).code).toBe(4);
    expect(container()?.running).toBe(false);
    expect((await nodectl(...UP, '--storage', '8G')).code).toBe(0);
    expect(container()?.running).toBe(true);
  });
});
