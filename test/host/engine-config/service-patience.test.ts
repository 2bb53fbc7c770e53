import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineFlags } from '../../../src/host/engine-config/engine-flags.ts';
import { scriptRetry, servicePatience, systemdSpan } from '../../../src/host/engine-config/service-patience.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { eyesOn } from '../machine-eyes.ts';

test.each([
  ['1min 30s', 90],
  ['6min', 360],
  ['infinity', Number.POSITIVE_INFINITY],
  ['1h 2min 3s', 3723],
  ['500ms', 0.5],
  ['0', undefined],
  ['', undefined],
  ['soon', undefined],
])('systemd says %j: %s s', (text, seconds) => expect(systemdSpan(text)).toBe(seconds));

test.each([
  ['\t\tstart-stop-daemon --stop --pidfile "$DOCKER_SSD_PIDFILE" --remove-pidfile --retry 10\n', 10],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of shell.
  ['retry="${DOCKER_RETRY:-TERM/60/KILL/10}"\n', 60],
  ['start-stop-daemon --start --retry 5\n', undefined],
])('an init script that says %j waits %s s', (text, seconds) => expect(scriptRetry(text)).toBe(seconds));

test('any words of either are read without a throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void [systemdSpan(text), scriptRetry(text)]));
});

test('a unit that is not there patiently waits for nobody', async () => {
  const machine = new FakeMachine();
  machine.put('/run/systemd/system/x', '');
  const eyes = eyesOn(machine, { ask: async () => 'LoadState=not-found\nTimeoutStopUSec=1min 30s\n' });
  expect(await servicePatience(eyes)).toMatchObject({ supervisor: 'none', seconds: undefined });
});

test("options of the engine's command line and of its defaults are known, values are not", () => {
  const machine = new FakeMachine();
  machine.put('/var/run/docker.pid', '77\n', 0o644);
  machine.put('/proc/77/comm', 'dockerd\n', 0o644);
  machine.put('/proc/77/cmdline', 'dockerd\0-H\0fd://\0--shutdown-timeout=20\0--log-driver\0--x y\0', 0o644);
  machine.put('/etc/default/docker', '#DOCKER_OPTS="--dns 8.8.8.8"\nDOCKER_OPTS="--bridge=none --icc"\n', 0o644);
  expect([...engineFlags(machine.hostFiles)].sort()).toEqual(['bridge', 'icc', 'log-driver', 'shutdown-timeout', 'x']);
  machine.put('/proc/77/comm', 'bash\n', 0o644);
  expect(engineFlags(machine.hostFiles).has('shutdown-timeout')).toBe(false);
});
