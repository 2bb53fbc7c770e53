import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDaemonConfig } from '../../../src/host/engine-config/daemon-config.ts';
import { withEngineDefaults } from '../../../src/host/engine-config/with-defaults.ts';
import { errorOf } from '../../error-code.ts';

const NONE: ReadonlySet<string> = new Set();
const LOGS = { 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m', 'max-file': '3' } };
const STOP = { 'shutdown-timeout': 330 };

const after = (values: unknown, flags = NONE) => {
  const text = withEngineDefaults({ text: JSON.stringify(values) }, flags);
  return text === undefined ? undefined : JSON.parse(text);
};

test.each<[what: string, values: unknown, wanted: unknown]>([
  ['nothing', {}, { ...LOGS, ...STOP }],
  ['a bound for logs', { 'log-opts': { 'max-size': '1g' } }, { 'log-opts': { 'max-size': '1g' }, ...STOP }],
  ['other options of logs', { 'log-opts': { labels: 'a' } }, { ...LOGS, 'log-opts': { ...LOGS['log-opts'], labels: 'a' }, ...STOP }],
  ['a number of files', { 'log-opts': { 'max-file': '9' } }, { ...LOGS, 'log-opts': { 'max-size': '10m', 'max-file': '9' }, ...STOP }],
  ['the local driver', { 'log-driver': 'local' }, { ...LOGS, 'log-driver': 'local', ...STOP }],
  ['a driver that takes no such bounds', { 'log-driver': 'journald' }, { 'log-driver': 'journald', ...STOP }],
  ['a stop timeout, even a short one', { 'shutdown-timeout': 5 }, { 'shutdown-timeout': 5, ...LOGS }],
  ['both', { ...LOGS, ...STOP }, undefined],
  ['log-opts that are no object', { 'log-opts': 'x' }, { 'log-opts': 'x', ...STOP }],
])('settings that hold %s get what they lack and keep the rest', (_what, values, wanted) => {
  expect(after(values)).toEqual(wanted);
});

test.each([
  ['log-driver', STOP],
  ['log-opt', STOP],
  ['shutdown-timeout', LOGS],
])("what stands on the engine's command line as --%s is not written: the engine would not start with both", (flag, wanted) => {
  expect(after({}, new Set([flag]))).toEqual(wanted);
});

test('no file and an empty one are settings without any', () => {
  expect(JSON.parse(withEngineDefaults({ failure: 'missing' }, NONE) ?? '')).toEqual({ ...LOGS, ...STOP });
  expect(JSON.parse(withEngineDefaults({ text: ' \n' }, NONE) ?? '')).toEqual({ ...LOGS, ...STOP });
});

test.each(['{', '[]', 'null', '{"a":1} // no comments', '{"a":1,}', '"x"'])('%s is broken, and is refused', (text) => {
  expect(readDaemonConfig({ text }).state).toBe('broken');
  expect(errorOf(() => withEngineDefaults({ text }, NONE)).code).toBe('HOST_REFUSED');
});

test('a file that cannot be read is refused', () => {
  expect(errorOf(() => withEngineDefaults({ failure: 'denied' }, NONE)).code).toBe('HOST_REFUSED');
});

test('whatever is set stays as it is, and a second time nothing is missing', () => {
  const settings = fc.dictionary(
    fc.constantFrom('dns', 'log-driver', 'log-opts', 'shutdown-timeout', 'data-root', 'hosts'),
    fc.oneof(fc.jsonValue(), fc.constantFrom('json-file', 'journald')),
  );
  fc.assert(
    fc.property(settings, (values) => {
      const given = JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
      const result = after(given) as Record<string, unknown> | undefined;
      if (result === undefined) return;
      for (const [key, value] of Object.entries(given)) {
        if (key === 'log-opts' && typeof value === 'object' && value !== null) expect(result[key]).toMatchObject(value);
        else if (value !== null || key !== 'log-opts') expect(result[key] ?? null).toEqual(value);
      }
      expect(after(result)).toBeUndefined();
    }),
  );
});

test('any text is read without a throw', () => {
  fc.assert(fc.property(fc.string(), (text) => ['read', 'broken'].includes(readDaemonConfig({ text }).state)));
});
