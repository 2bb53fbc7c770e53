import { expect, test } from 'vitest';
import { listensToSignals } from '../../src/node/signal-readiness.ts';

const LINE = 'INFO [11-21|07:53:53.794] Started log indexer';
const geth = (version: string, args: readonly string[] = []) => ({ version, args });

test.each([
  ['1.17.8 before its log index is loaded', geth('1.17.8'), 11_000, [], false],
  ['1.17.8 with the line', geth('1.17.8'), 500, [LINE], true],
  ['1.17.8 after a minute, whatever it wrote', geth('1.17.8'), 60_000, [], true],
  ['1.17.8 without a log index, soon', geth('1.17.8', ['--history.logs.disable']), 5_000, [], false],
  ['1.17.8 without a log index, later', geth('1.17.8', ['--history.logs.disable']), 10_000, [], true],
  ['1.14.13, which listens from the start', geth('1.14.13'), 100, [], true],
  ['a geth of which nothing is known, soon', undefined, 5_000, [], false],
  ['a geth of which nothing is known, later', undefined, 10_000, [], true],
])('%s', (_, started, uptime, lines, expected) => {
  expect(listensToSignals(started, uptime, lines)).toBe(expected);
});
