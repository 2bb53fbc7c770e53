import { expect, test } from 'vitest';
import { createLogRedactor } from '../../../src/diagnosis/bundle/redact-log.ts';
import type { LogLine } from '../../../src/ports/engine.ts';
import { makeRedactor } from './make-redactor.ts';

function redacted(...lines: readonly (string | Partial<LogLine>)[]): readonly string[] {
  const redact = createLogRedactor(makeRedactor());
  const whole = (line: string | Partial<LogLine>) => ({
    stream: 'stderr' as const,
    time: '',
    text: '',
    ...(typeof line === 'string' ? { text: line } : line),
  });
  return lines.map((line) => redact(whole(line)).trim());
}

test('a line keeps its time and its stream', () => {
  const time = '2026-11-21T12:00:00.123456789Z';
  expect(redacted({ time, text: 'INFO Looking for peers' })).toEqual([`${time} stderr INFO Looking for peers`]);
  expect(redacted({ time: 'password', text: 'x\ny' })).toEqual(['password stderr x y']);
  expect(redacted({ time: 'no time at all', text: 'x' })).toEqual(['stderr x']);
});

test('a private key over several lines is left out, and what follows it is not', () => {
  const lines = redacted('-----BEGIN EC PRIVATE KEY-----', 'short', '-----END EC PRIVATE KEY-----', 'INFO after');
  expect(lines).toEqual(['stderr ***', 'stderr ***', 'stderr ***', 'stderr INFO after']);
});

test('a key between lines of the other stream takes none of them with it', () => {
  const lines = redacted('-----BEGIN PRIVATE KEY-----', { stream: 'stdout', text: 'INFO other' }, 'short');
  expect(lines).toEqual(['stderr ***', 'stdout INFO other', 'stderr ***']);
});

test('a key that never ends hides no whole log', () => {
  const lines = redacted('-----BEGIN PRIVATE KEY-----', ...Array.from({ length: 500 }, (_, index) => `INFO ${index}`));
  expect(lines.at(-1)).toBe('stderr INFO 499');
});

test('the second piece of a line that the engine cut may begin with half a secret', () => {
  const lines = redacted(`password=${'x'.repeat(1 << 20)}`, 'hunter2', 'INFO after');
  expect(lines[1]).not.toContain('hunter2');
  expect(lines[2]).toBe('stderr INFO after');
});
