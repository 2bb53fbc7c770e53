import { describe, expect, it, test } from 'vitest';
import type { SwappinessReport } from '../../src/actions/swappiness.ts';
import { Killed } from '../fakes/fake-machine.ts';
import { errorCode, swapWorld } from './swap-world.ts';

const FILE = '/etc/sysctl.d/99-nodectl.conf';
const NOW = '/proc/sys/vm/swappiness';
const SET = ['host', 'swappiness', '10', '--json'];
const UNDO = ['host', 'swappiness', '--undo', '--json'];

it('is set now and for every boot, once', async () => {
  const { machine, nodectl } = swapWorld();
  const { code, stdout } = await nodectl(...SET);
  expect(code).toBe(0);
  expect(JSON.parse(stdout) as SwappinessReport).toMatchObject({
    swappiness: 10,
    persistent: true,
    changed: true,
    atBoot: { file: FILE, value: '10' },
  });
  expect(machine.text(NOW)?.trim()).toBe('10');
  machine.acts = [];
  expect(JSON.parse((await nodectl(...SET)).stdout)).toMatchObject({ changed: false });
  expect(machine.acts).toEqual([]);
});

it('is taken back to what it was before the first time', async () => {
  const { machine, nodectl } = swapWorld();
  const before = machine.state();
  await nodectl(...SET);
  await nodectl('host', 'swappiness', '20');
  expect(machine.text(FILE)).toContain('vm.swappiness = 20');
  expect((await nodectl(...UNDO)).code).toBe(0);
  expect(machine.state()).toBe(before);
  expect(JSON.parse((await nodectl(...UNDO)).stdout)).toMatchObject({ changed: false });
});

it('leaves the value alone that somebody else set meanwhile', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...SET);
  machine.put(NOW, '33\n', 0o644);
  await nodectl(...UNDO);
  expect([machine.text(NOW)?.trim(), machine.text(FILE)]).toEqual(['33', undefined]);
});

it('says when another file has the last word at boot', async () => {
  const { machine, nodectl } = swapWorld();
  machine.put('/etc/sysctl.conf', 'vm.swappiness=60\n', 0o644);
  const { code, stdout } = await nodectl(...SET);
  expect([code, JSON.parse(stdout)]).toMatchObject([3, { persistent: false, atBoot: { file: '/etc/sysctl.conf', value: '60' } }]);
});

it('knows that systemd does not read /etc/sysctl.conf', async () => {
  const { machine, nodectl } = swapWorld();
  machine.put('/etc/sysctl.conf', 'vm.swappiness=60\n', 0o644);
  machine.put('/run/systemd/system', '');
  const { code, stdout } = await nodectl(...SET);
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { persistent: true, atBoot: { file: FILE } }]);
});

test.each([
  ['201', '6.1.0', 'USAGE'],
  ['101', '5.4.0-150-generic', 'USAGE'],
  ['ten', '6.1.0', 'USAGE'],
  ['1.5', '6.1.0', 'USAGE'],
])('%s is refused on %s', async (value, release, code) => {
  const { machine, nodectl } = swapWorld();
  machine.put('/proc/sys/kernel/osrelease', `${release}\n`);
  expect(errorCode(await nodectl('host', 'swappiness', value, '--json'))).toBe(code);
  expect(machine.acts).toEqual([]);
});

it('needs root to change and none to show', async () => {
  const { machine, nodectl } = swapWorld();
  machine.become(1000);
  expect((await nodectl('host', 'swappiness')).code).toBe(0);
  const ran = await nodectl(...SET);
  expect([errorCode(ran), ran.stderr.includes('sudo sysctl -w vm.swappiness=10')]).toEqual(['PERMISSION', true]);
  expect(machine.acts).toEqual([]);
});

describe.each([
  [SET, undefined],
  [UNDO, SET],
])('%s', (words, prepare) => {
  async function prepared() {
    const world = swapWorld();
    if (prepare) await world.nodectl(...prepare);
    world.again();
    return { ...world, before: world.machine.state() };
  }

  it.each([0, 1])('killed before act %i, converges at the next run', async (index) => {
    const { machine, nodectl, again } = await prepared();
    machine.before = (_act, at) => {
      if (at !== index) return;
      machine.killed = true;
      throw new Killed();
    };
    await nodectl(...words);
    again();
    expect((await nodectl(...words)).code).toBe(0);
    const undisturbed = await prepared();
    await undisturbed.nodectl(...words);
    expect(machine.state()).toBe(undisturbed.machine.state());
  });

  it('refused at the second act, is as before', async () => {
    const { machine, nodectl, before } = await prepared();
    machine.before = (_act, at) => {
      if (at === 1) throw new (class extends Error {})('disturbed');
    };
    expect((await nodectl(...words)).code).not.toBe(0);
    expect(machine.state()).toBe(before);
  });
});
