import { expect, test } from 'vitest';
import { opensChainOf } from '../../../src/node/geth-rules/database.ts';

test.each([
  ['1.9.25', null, '1.17.10'],
  ['1.12.0', 'hash', '1.13.15'],
  ['1.13.15', 'hash', '1.12.0'],
  ['1.12.0', null, '1.11.6'],
  ['1.14.13', 'path', '1.13.0'],
  ['1.17.8', 'path', '1.17.5'],
  ['1.18.0', 'path', '1.17.10'],
  ['1.10.26', 'hash', '1.10.26'],
] as const)('what geth %s wrote (%s) opens in %s', (writer, scheme, reader) => {
  expect(opensChainOf(writer, scheme, reader)).toBeUndefined();
});

test.each([
  ['1.12.0', null, '1.10.26', 'pebble'],
  ['1.15.0', 'hash', '1.14.13', 'version 9'],
  ['1.17.8', null, '1.13.15', 'version 9'],
  ['1.13.0', 'path', '1.12.2', 'path'],
  ['1.14.0', null, '1.12.2', 'path'],
] as const)('what geth %s wrote (%s) does not open in %s, for a reason', (writer, scheme, reader, reason) => {
  expect(opensChainOf(writer, scheme, reader)).toContain(reason);
});
