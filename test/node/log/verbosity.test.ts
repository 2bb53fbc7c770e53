import { expect, test } from 'vitest';
import { parseVerbosity, verbosityAtStart } from '../../../src/node/log/verbosity.ts';

test.each([
  ['0', 'crit', 0],
  ['crit', 'crit', 0],
  ['1', 'error', 1],
  ['warn', 'warn', 2],
  ['3', 'info', 3],
  ['debug', 'debug', 4],
  ['5', 'trace', 5],
])('%s means %s', (text, level, number) => expect(parseVerbosity(text)).toEqual({ level, number }));

test.each(['', '6', '-1', '3.0', '03', 'silent', 'WARN', 'constructor'])('%j means no level', (text) => {
  expect(parseVerbosity(text)).toBeUndefined();
});

test.each<readonly [readonly string[], number, string]>([
  [['--http'], 3, 'default'],
  [['--verbosity', '4'], 4, 'arguments'],
  [['--verbosity=0'], 0, 'arguments'],
  [['-verbosity', '1', '--http', '--verbosity=5'], 5, 'arguments'],
  [['--verbosity', '9'], 5, 'arguments'],
  [['--verbosity=-2'], 0, 'arguments'],
  [['--verbosity'], 3, 'default'],
  [['--log.verbosity', '1'], 3, 'default'],
])('of %j geth begins with %i, by %s', (args, number, by) => expect(verbosityAtStart(args)).toMatchObject({ number, by }));
