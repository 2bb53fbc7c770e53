import { expect, test } from 'vitest';
import { fixHost } from '../../src/actions/fix-host.ts';
import type { Finding } from '../../src/finding.ts';
import type { Eyes } from '../../src/host/check.ts';
import { GIB } from '../../src/node/size.ts';
import type { World } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import type { FakeMachine } from '../fakes/fake-machine.ts';
import { swapWorld } from './swap-world.ts';

const SYSCTL = '/etc/sysctl.d/99-nodectl.conf';
const DAEMON = '/etc/docker/daemon.json';

const ill = (id: string, over: Partial<Finding> = {}): Finding => ({
  ...{ id, severity: 'warn', read: [], meaning: '', remedy: { text: '', commands: [] }, fixable: true },
  ...over,
});

/** A machine on which everything that can be fixed is amiss. */
function sick() {
  const { machine, world } = swapWorld();
  machine.put('/etc/docker/key.json', '{}', 0o600);
  machine.put('/proc/sys/vm/overcommit_memory', '2\n', 0o644);
  machine.put('/sys/kernel/mm/transparent_hugepage/enabled', '[always] madvise never\n', 0o644);
  machine.put('/etc/tmpfiles.d/other.conf', '', 0o644);
  machine.put('/run/systemd/system/x', '', 0o644);
  const eyes: Eyes = {
    ...{ files: machine.hostFiles, engine: { info: FAKE_INFO }, now: 0, published: [], freeHistory: [], volumes: [] },
    portTaken: async () => false,
    ask: async () => 'LoadState=loaded\nTimeoutStopUSec=1min 30s\n',
    syncTimes: async () => undefined,
  };
  const looked: string[][] = [];
  const told: string[] = [];
  const request = {
    findings: ['vm.swappiness', 'vm.overcommit', 'thp', 'log.rotate', 'docker.stop', 'swap.present'].map((id) => ill(id)),
    ...{ eyes, promisedSwap: 0, yes: true, dryRun: false },
    lookAgain: async (ids: readonly string[]) => {
      looked.push([...ids]);
      return [];
    },
  };
  const base = world();
  const whole = { ...base, console: { ...base.console, notice: (text: string) => void told.push(text) } } as World;
  return { machine, request, looked, told, world: whole };
}

test('one run heals all, tells each command once, and looks again with the same checks', async () => {
  const { machine, request, looked, told, world } = sick();
  const report = await fixHost(request, world);
  expect(report).toMatchObject({ applied: true, refused: [] });
  expect(machine.text('/proc/sys/vm/overcommit_memory')).toBe('0\n');
  expect(machine.text('/proc/sys/vm/swappiness')).toBe('10\n');
  expect(machine.text(SYSCTL)).toContain('vm.swappiness = 10');
  expect(machine.text(SYSCTL)).toContain('vm.overcommit_memory = 0');
  expect(JSON.parse(machine.text(DAEMON) ?? '')['shutdown-timeout']).toBe(330);
  expect(machine.text('/etc/systemd/system/docker.service.d/nodectl.conf')).toContain('TimeoutStopSec=360');
  expect(machine.text('/etc/tmpfiles.d/nodectl-huge-pages.conf')).toContain('madvise');
  expect([...machine.areas.keys()]).toEqual(['/swapfile']);
  expect(looked).toEqual([request.findings.map(({ id }) => id)]);
  const said = told.join('\n').split('\n');
  expect(said.filter((line) => line.includes('swapon /swapfile'))).toHaveLength(1);
});

test('a second run has nothing to do, and still tells what the person has to do', async () => {
  const { machine, request, world } = sick();
  await fixHost(request, world);
  machine.put('/sys/kernel/mm/transparent_hugepage/enabled', 'always [madvise] never\n', 0o644);
  machine.acts = [];
  const patient = { ...request.eyes, ask: async () => 'LoadState=loaded\nTimeoutStopUSec=6min\n' };
  const findings = request.findings.filter(({ id }) => id !== 'swap.present');
  const report = await fixHost({ ...request, findings, eyes: patient }, world);
  expect([report.applied, report.steps, machine.acts]).toEqual([false, [], []]);
  expect(report.afterwards).toHaveLength(1);
});

test('a dry run tells the steps, also of the swap, and changes nothing', async () => {
  const { machine, request, world } = sick();
  const before = machine.state();
  const report = await fixHost({ ...request, dryRun: true, yes: false }, world);
  expect(report.applied).toBe(false);
  expect(report.steps.map(({ id }) => id)).toEqual(expect.arrayContaining(['set-now', 'engine-settings', 'unit-patience', 'swap-on']));
  expect(machine.state()).toBe(before);
});

test('the swap file is as large as the limits promise, also those of a node that is only planned', async () => {
  const { request, world } = sick();
  const asked = { ...request, findings: [ill('swap.present')], dryRun: true, promisedSwap: 6 * GIB };
  const { steps } = await fixHost(asked, world);
  expect(steps.map(({ command }) => command).join()).toContain(`fallocate -l ${6 * GIB} `);
});

test('who is not root gets the commands and PERMISSION, and nothing changes', async () => {
  const { machine, request, world } = sick();
  machine.become(1000);
  const before = machine.state();
  const error = await errorOfPromise(fixHost({ ...request, findings: [ill('vm.swappiness')] }, world));
  expect(error.code).toBe('PERMISSION');
  expect(error.hint).toContain('sudo sysctl -w vm.swappiness=10');
  expect(machine.state()).toBe(before);
});

test('nobody to ask is CONFIRMATION_REQUIRED, and nothing changes', async () => {
  const { machine, request, world } = sick();
  const before = machine.state();
  expect((await errorOfPromise(fixHost({ ...request, yes: false }, world))).code).toBe('CONFIRMATION_REQUIRED');
  expect(machine.state()).toBe(before);
});

test('what must not be touched is told with its checks, and the rest is healed', async () => {
  const { machine, request, world } = sick();
  machine.put(DAEMON, '{"log-driver":', 0o644);
  const report = await fixHost(request, world);
  expect(report.refused).toMatchObject([{ ids: ['log.rotate', 'docker.stop'] }]);
  expect(machine.text(DAEMON)).toBe('{"log-driver":');
  expect(machine.text('/proc/sys/vm/swappiness')).toBe('10\n');
});

test('findings that are well or not fixable are left alone', async () => {
  const { machine, request, world } = sick();
  const findings = [ill('vm.swappiness', { severity: 'ok' }), ill('vm.overcommit', { fixable: false })];
  expect(await fixHost({ ...request, findings }, world)).toMatchObject({ applied: false, steps: [], before: [] });
  expect(machine.acts).toEqual([]);
});

test('whatever act fails, every act of ours before it is taken back', async () => {
  const findings = ['vm.swappiness', 'vm.overcommit', 'thp', 'log.rotate', 'docker.stop'].map((id) => ill(id));
  const { machine: whole, request: full, world: all } = sick();
  await fixHost({ ...full, findings }, all);
  const count = whole.acts.length;
  expect(count).toBeGreaterThan(8);
  for (let failing = 0; failing < count; failing++) {
    const { machine, request, world } = sick();
    const before = machine.state();
    machine.before = (_act, index) => {
      if (index === failing) throw new Error('the disk broke');
    };
    await expect(fixHost({ ...request, findings }, world)).rejects.toThrow('the disk broke');
    expect(values(machine), `act ${failing}`).toEqual(values(before));
  }
});

/** The thp file takes its choices' words back when it is written on a real kernel; the fake keeps what was written. */
function values(state: FakeMachine | string): readonly string[] {
  const text = typeof state === 'string' ? state : state.state();
  return text.split('\n').filter((line) => !line.includes('transparent_hugepage'));
}
