import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../../src/errors.ts';
import type { EngineSight } from '../../../src/host/check.ts';
import { dockerApi } from '../../../src/host/checks/docker-api.ts';
import { dockerFlavor } from '../../../src/host/checks/docker-flavor.ts';
import { dockerLiveRestore } from '../../../src/host/checks/docker-liverestore.ts';
import { dockerLocal } from '../../../src/host/checks/docker-local.ts';
import { dockerReach } from '../../../src/host/checks/docker-reach.ts';
import { dockerRuntime } from '../../../src/host/checks/docker-runtime.ts';
import { dockerStop } from '../../../src/host/checks/docker-stop.ts';
import { logRotate } from '../../../src/host/checks/log-rotate.ts';
import { secApparmor } from '../../../src/host/checks/sec-apparmor.ts';
import type { EngineInfo } from '../../../src/ports/engine.ts';
import { FAKE_INFO } from '../../fakes/fake-facts.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

const seen = (over: Partial<EngineInfo> = {}): EngineSight => ({ info: { ...FAKE_INFO, ...over } });
const GONE: EngineSight = { problem: { code: 'ENGINE_NOT_RUNNING', message: 'It does not run.', hint: ERRORS.ENGINE_NOT_RUNNING.hint } };
const UNSEEN = { severity: 'unknown', remedy: null };

describe('docker.reach', () => {
  test('an engine that answers is ok', () => expect(dockerReach.judge(seen(), NOBODY).severity).toBe('ok'));
  test('one that does not is a failure with the commands of its hint', () => {
    expect(dockerReach.judge(GONE, NOBODY)).toMatchObject({
      ...{ severity: 'fail', remedy: { commands: ['systemctl start docker', 'nodectl host docker install'] } },
    });
  });
});

test.each([dockerFlavor, dockerLiveRestore, dockerRuntime].map((check) => [check.id, check] as const))(
  '%s judges nothing without an engine',
  async (_id, check) => {
    expect(await check.look(eyesOn(new FakeMachine(), { engine: GONE }), NOBODY)).toMatchObject(UNSEEN);
  },
);

describe('docker.api', () => {
  test.each([
    ['20.10.24+dfsg1', '1.41', 'warn'],
    ['23.0.1', '1.42', 'warn'],
    ['24.0.0', '1.43', 'ok'],
    ['29.1.0', '1.52', 'ok'],
  ])('engine %s with API %s: %s', (serverVersion, apiVersion, severity) => {
    expect(dockerApi.judge(seen({ serverVersion, apiVersion }), NOBODY).severity).toBe(severity);
  });
  test("Podman's versions are its own", () => {
    expect(dockerApi.judge(seen({ serverVersion: '5.4.2', product: 'podman' }), NOBODY).severity).toBe('ok');
  });
  test('too old an engine fails here, another problem does not', () => {
    expect(dockerApi.judge({ problem: { code: 'ENGINE_TOO_OLD', message: 'old', hint: 'x' } }, NOBODY).severity).toBe('fail');
    expect(dockerApi.judge(GONE, NOBODY)).toMatchObject(UNSEEN);
  });
});

describe('docker.flavor', () => {
  const enforces = { memory: false, swap: false, cpu: false, pids: false };
  test.each<[string, Partial<EngineInfo>, string]>([
    ["Docker's own", {}, 'ok'],
    ['Podman', { product: 'podman' }, 'warn'],
    ['Docker Desktop', { operatingSystem: 'Docker Desktop', local: false }, 'warn'],
    ['rootless', { rootless: true }, 'warn'],
    ['rootless without controllers', { rootless: true, enforces }, 'fail'],
    ['mapped users', { securityOptions: ['name=userns'] }, 'info'],
  ])('%s: %s', (_what, over, severity) => {
    expect(dockerFlavor.judge({ ...FAKE_INFO, ...over }, NOBODY).severity).toBe(severity);
  });
});

test('docker.local: an engine elsewhere is told by its name and not judged by files here', () => {
  const finding = dockerLocal.judge({ info: { ...FAKE_INFO, local: false, hostname: 'far' }, here: 'near' }, NOBODY);
  expect(finding).toMatchObject({ severity: 'info', meaning: expect.stringContaining('far') });
  expect(dockerLocal.judge({ info: FAKE_INFO, here: 'fake' }, NOBODY).severity).toBe('ok');
});

test.each([
  [undefined, 'ok', 0],
  ['runc', 'ok', 0],
  ['runsc', 'fail', 2],
  ['kata', 'fail', 0],
])('docker.runtime: %s asked for is %s', (runtime, severity, commands) => {
  const judged = dockerRuntime.judge(FAKE_INFO, { ...NOBODY, runtime });
  expect([judged.severity, judged.remedy?.commands.length ?? 0]).toEqual([severity, commands]);
});

test.each([
  [true, 'warn'],
  [false, 'ok'],
])('docker.liverestore: %s is %s', (liveRestore, severity) => {
  expect(dockerLiveRestore.judge({ ...FAKE_INFO, liveRestore }, NOBODY).severity).toBe(severity);
});

describe('docker.stop', () => {
  const NO_CONFIG = { state: 'none' } as const;
  const by = (supervisor: 'systemd' | 'script' | 'none', seconds: number | undefined) => ({ supervisor, source: 'x', seconds });
  test.each([
    ['systemd as it is shipped', by('systemd', 90), 'warn', true],
    ['a patient unit', by('systemd', 360), 'ok', false],
    ['a unit without end', by('systemd', Number.POSITIVE_INFINITY), 'ok', false],
    ["Debian's init script", by('script', 10), 'warn', false],
    ['a unit that is not understood', by('systemd', undefined), 'unknown', false],
    ['nobody', by('none', undefined), 'ok', false],
  ])('%s', (_what, service, severity, fixable) => {
    expect(dockerStop.judge({ config: NO_CONFIG, service }, NOBODY)).toMatchObject({ severity, fixable });
  });
  test('the slowest node counts', () => {
    const subject = { ...NOBODY, tenants: [tenant('dev', { container: { stopTimeoutSeconds: 900 } })] };
    expect(dockerStop.judge({ config: NO_CONFIG, service: by('systemd', 360) }, subject).severity).toBe('warn');
  });
  test('broken settings are a failure, whoever supervises', () => {
    const config = { state: 'broken', reason: 'x' } as const;
    expect(dockerStop.judge({ config, service: by('none', undefined) }, NOBODY)).toMatchObject({ severity: 'fail', fixable: false });
  });
});

describe('log.rotate', () => {
  const looked = async (daemon: string | undefined, over: Partial<EngineInfo> = {}, tenants = [tenant()]) => {
    const machine = new FakeMachine();
    if (daemon !== undefined) machine.put('/etc/docker/daemon.json', daemon, 0o644);
    return logRotate.look(eyesOn(machine, { engine: seen(over) }), { ...NOBODY, tenants });
  };
  const endless = tenant('old', { container: { log: { driver: 'json-file', options: {} } } });
  test('no settings: others grow without end, and that can be fixed', async () => {
    expect(await looked(undefined)).toMatchObject({ severity: 'warn', fixable: true });
  });
  test('a bound is ok', async () => expect((await looked('{"log-opts":{"max-size":"9m"}}')).severity).toBe('ok'));
  test('-1 is no bound', async () => expect((await looked('{"log-opts":{"max-size":"-1"}}')).severity).toBe('warn'));
  test('another driver is ok', async () => expect((await looked(undefined, { loggingDriver: 'local' })).severity).toBe('ok'));
  test('broken settings are not for the fix', async () => {
    expect(await looked('{')).toMatchObject({ severity: 'warn', fixable: false });
  });
  test('a rootless engine has its settings elsewhere', async () =>
    expect((await looked(undefined, { rootless: true })).severity).toBe('info'));
  test('a node without bound fails, and is made anew', async () => {
    const finding = await looked('{"log-opts":{"max-size":"9m"}}', {}, [endless]);
    expect(finding).toMatchObject({ severity: 'fail', remedy: { commands: ['nodectl down old', 'nodectl up --network dev --name old'] } });
  });
});

describe('sec.apparmor', () => {
  const kernel = (text: string) => ({ text });
  test.each([
    ['no AppArmor', { failure: 'missing' } as const, undefined, [], 'ok'],
    ['off', kernel('N\n'), undefined, [], 'ok'],
    ['on, no parser', kernel('Y\n'), undefined, ['name=apparmor'], 'fail'],
    ['on and used', kernel('Y\n'), '/sbin/apparmor_parser', ['name=apparmor'], 'ok'],
    ['on and not used', kernel('Y\n'), '/sbin/apparmor_parser', [], 'info'],
    ['hidden', { failure: 'denied' } as const, undefined, [], 'unknown'],
  ])('%s', (_what, file, parser, securityOptions, severity) => {
    expect(secApparmor.judge({ info: { ...FAKE_INFO, securityOptions }, kernel: file, parser }, NOBODY).severity).toBe(severity);
  });
});
