import { describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { GUARD_LOCK, wardLock } from '../../src/host/guard/guard-seen.ts';
import { GUARD_UNIT_PATH } from '../../src/host/guard/guard-unit.ts';
import { lockName } from '../../src/host/lock-name.ts';
import { upWorld } from '../fakes/up-world.ts';

const UP = ['up', '--network', 'dev', '--storage', '4G', '--storage-mode', 'watchdog', '--json'];

/** A machine with systemd (or none), on which a guard that is started guards every container at once. */
function machineWith({ systemd = true, works = true } = {}) {
  const up = upWorld();
  let runs = false;
  if (systemd) up.machine.put('/run/systemd/system', '');
  up.machine.programs = ([program, verb]) => {
    if (program !== 'systemctl') return undefined;
    if (verb === 'restart') runs = works;
    if (verb === 'disable') runs = false;
    return { exitCode: 0, stdout: '', stderr: '' };
  };
  up.machine.live.set('/proc/net/unix', () => {
    const running = [...up.engine.containers.values()].filter((container) => container.running);
    const locks = [GUARD_LOCK, ...running.map(({ id }) => wardLock(id))];
    return runs ? locks.map((lock) => `0: 2 0 10000 1 1 42 @${lockName(lock)}`).join('\n') : '';
  });
  Object.assign(up.world, { program: ['/usr/bin/node', '/opt/nodectl/bin/nodectl'] });
  const report = async (...words: readonly string[]) => {
    const ran = await up.nodectl(...(words.length === 0 ? UP : words));
    expect(ran.stderr).not.toContain('BUG');
    expect(ran.code).toBe(0);
    return JSON.parse(ran.stdout) as UpReport;
  };
  const kinds = ({ steps }: UpReport) => steps.map(({ kind }) => kind);
  return { ...up, report, kinds, unit: () => up.machine.text(GUARD_UNIT_PATH), kill: () => (runs = false) };
}

// The first `up` of a process loads all of it.
describe('a size that a watchdog shall keep', { timeout: 60_000 }, () => {
  test('gets a guard of systemd with the node, is told as planned, and is seen at work', async () => {
    const { report, kinds, unit } = machineWith();
    const planned = await report(...UP, '--dry-run');
    expect(kinds(planned).at(-1)).toBe('provide-guard');
    expect([planned.storage.enforcement, planned.storage.source, unit()]).toEqual(['watchdog', 'planned', undefined]);
    const done = await report();
    expect(kinds(done).at(-1)).toBe('provide-guard');
    expect(unit()).toContain('ExecStart=/usr/bin/node /opt/nodectl/bin/nodectl watch --guard --json');
    expect(done.storage).toMatchObject({ enforcement: 'watchdog', held: 4 * 2 ** 30 });
    expect(done.notes.join()).not.toContain('not enforced');
  });

  test('a second up finds nothing to do, and one after its end starts it again', async () => {
    const { report, kinds, kill } = machineWith();
    await report();
    expect(kinds(await report())).toEqual([]);
    kill();
    const again = await report();
    expect(kinds(again)).toEqual(['provide-guard']);
    expect(again.storage.enforcement).toBe('watchdog');
  });

  test('is not told as kept where the guard does not come up, or where there is no systemd', async () => {
    for (const how of [{ works: false }, { systemd: false }]) {
      const done = await machineWith(how).report();
      expect(done.storage.enforcement).toBe('not enforced');
      expect(done.notes.join()).toContain('nodectl watch --guard');
    }
  });

  test('the guard goes with the last node that needs it', async () => {
    const { report, nodectl, unit } = machineWith();
    await report();
    await report(...UP, '--name', 'second', '--port', 'auto');
    expect((await nodectl('down', 'second')).code).toBe(0);
    expect(unit()).toBeDefined();
    expect((await nodectl('down', 'dev', '--volumes', '--yes')).code).toBe(0);
    expect(unit()).toBeUndefined();
  });
});
