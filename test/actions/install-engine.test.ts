import { expect, test } from 'vitest';
import { installEngine } from '../../src/actions/install-engine.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { World } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { FakeMachine } from '../fakes/fake-machine.ts';

const DAEMON = '/etc/docker/daemon.json';

/** A machine whose engine has all the settings nodes need, unless `daemon` is something else; undefined for no file. */
function machineWith(
  daemon: string | undefined = '{"log-driver":"local","shutdown-timeout":600,"log-opts":{"max-size":"1m"}}',
): FakeMachine {
  const machine = new FakeMachine();
  machine.put('/etc/docker/key.json', '{}');
  if (daemon !== '') machine.put(DAEMON, daemon, 0o644);
  return machine;
}

/** A world whose installer plans these commands and whose person gives this answer. */
function worldWhere(planned: readonly string[] | undefined, answer: boolean | NodectlError = true, machine = machineWith()) {
  const happened: string[] = [];
  machine.before = (act) => void happened.push(act);
  const world: Partial<World> = {
    installer: async () => ({ plan: async () => planned, install: async () => void happened.push('installed') }),
    hostFiles: async () => machine.hostFiles,
    hostChanges: async () => machine.hostChanges,
    hostQuestions: async () => ({ portTaken: async () => false, ask: async () => undefined, syncTimes: async () => undefined }),
    engine: async () => ({ info: async () => FAKE_INFO }) as Engine,
    clock: { now: () => 0, sleep: async () => {} },
    signal: new AbortController().signal,
    console: {
      notice: (text) => happened.push(...(planned ?? []).filter((command) => text.includes(command)).map((command) => `told ${command}`)),
      warn: () => {},
      progress: () => {},
      secret: async () => '',
      async confirm() {
        happened.push('asked');
        if (answer instanceof NodectlError) throw answer;
        return answer;
      },
    },
  };
  return { world: world as World, happened };
}

test('what will run is told and asked before it runs', async () => {
  const { world, happened } = worldWhere(['apt-get install docker.io']);
  expect(await installEngine({ yes: false }, world)).toEqual({
    ...{ alreadyRunning: false, ran: ['apt-get install docker.io'], settings: [], restartDue: false },
  });
  expect(happened).toEqual(['told apt-get install docker.io', 'asked', 'installed']);
});

test('--yes is told too, and not asked', async () => {
  const { world, happened } = worldWhere(['x']);
  await installEngine({ yes: true }, world);
  expect(happened).toEqual(['told x', 'installed']);
});

test.each([
  ['a no', false, 'INTERRUPTED'],
  ['nobody who could answer', new NodectlError('CONFIRMATION_REQUIRED', 'nobody'), 'CONFIRMATION_REQUIRED'],
] as const)('%s installs nothing', async (_what, answer, code) => {
  const { world, happened } = worldWhere(['x'], answer);
  expect((await errorOfPromise(installEngine({ yes: false }, world))).code).toBe(code);
  expect(happened).not.toContain('installed');
});

test('an engine that runs is left alone without a question', async () => {
  const { world, happened } = worldWhere([]);
  expect(await installEngine({ yes: false }, world)).toEqual({ alreadyRunning: true, ran: [], settings: [], restartDue: false });
  expect(happened).toEqual([]);
});

test('a system without an engine of its own is refused', async () => {
  expect((await errorOfPromise(installEngine({ yes: true }, worldWhere(undefined).world))).code).toBe('ENGINE_INSTALL_FAILED');
});

test('a new engine finds bounds for logs and the stop timeout before its first start', async () => {
  const machine = machineWith('');
  const { world, happened } = worldWhere(['x'], true, machine);
  const report = await installEngine({ yes: true }, world);
  expect(JSON.parse(machine.text(DAEMON) ?? '')).toEqual({
    ...{ 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m', 'max-file': '3' }, 'shutdown-timeout': 330 },
  });
  expect(happened.indexOf('installed')).toBeGreaterThan(happened.indexOf(`write ${DAEMON}`));
  expect([report.restartDue, report.settings.map(({ undo }) => undo)]).toEqual([false, [`rm ${DAEMON}`]]);
});

test('a running engine gets what its settings lack, keeps what they say, and is told to need a restart', async () => {
  const machine = machineWith('{\n    "dns": ["1.1.1.1"],\n    "log-opts": {"max-size": "50m"}\n}\n');
  const { world } = worldWhere([], true, machine);
  const report = await installEngine({ yes: true }, world);
  expect(JSON.parse(machine.text(DAEMON) ?? '')).toEqual({
    ...{ dns: ['1.1.1.1'], 'log-opts': { 'max-size': '50m' }, 'shutdown-timeout': 330 },
  });
  expect(machine.text(`${DAEMON}.before-nodectl`)).toContain('    "dns"');
  expect(report).toMatchObject({ alreadyRunning: true, restartDue: true });
  expect(await installEngine({ yes: true }, world)).toMatchObject({ settings: [], restartDue: false });
});

test('settings that are broken are left as they are, and nothing is installed', async () => {
  const machine = machineWith('{"dns": [');
  const { world, happened } = worldWhere(['x'], true, machine);
  expect((await errorOfPromise(installEngine({ yes: true }, world))).code).toBe('HOST_REFUSED');
  expect([machine.text(DAEMON), happened]).toEqual(['{"dns": [', []]);
});

test('who is not root may ask for an engine that runs already', async () => {
  const machine = machineWith('');
  machine.become(1000);
  expect(await installEngine({ yes: true }, worldWhere([], true, machine).world)).toMatchObject({ alreadyRunning: true, settings: [] });
});
