import fc from 'fast-check';
import { expect, test } from 'vitest';
import { opensChainOf } from '../../../src/node/geth-rules/database.ts';

/** Each pair was run: the second version on the folder of the first, 13 blocks, and then the first again. */
test.each([
  ['1.9.25', null, '1.10.13'],
  ['1.9.25', null, '1.13.15'],
  ['1.10.26', 'hash', '1.10.8'],
  ['1.11.6', 'hash', '1.10.26'],
  ['1.12.0', null, '1.11.6'],
  ['1.13.15', 'hash', '1.12.0'],
  ['1.13.15', 'hash', '1.14.13'],
  ['1.14.13', 'hash', '1.15.11'],
  ['1.17.8', 'hash', '1.15.11'],
  ['1.15.11', 'path', '1.16.9'],
  ['1.17.8', 'path', '1.16.9'],
  ['1.17.8', null, '1.17.3'],
  ['1.18.0', 'path', '1.17.10'],
  ['1.16.9', 'path', '1.16.9'],
] as const)('what geth %s wrote (%s) opens in %s', (writer, scheme, reader) => {
  expect(opensChainOf(writer, scheme, reader)).toBeUndefined();
});

test.each([
  ['1.12.0', null, '1.10.26', 'pebble'],
  ['1.13.15', 'hash', '1.10.13', 'pebble'],
  ['1.15.11', 'hash', '1.14.13', 'old blocks'],
  ['1.17.8', null, '1.13.15', 'old blocks'],
  ['1.17.8', 'path', '1.15.11', 'block 0'],
  ['1.16.9', null, '1.15.11', 'block 0'],
  ['1.14.13', 'hash', '1.13.15', 'Merge'],
  ['1.13.15', 'path', '1.12.0', 'path'],
  ['1.14.13', null, '1.15.11', 'block 0'],
  ['1.14.13', 'path', '1.17.8', 'block 0'],
] as const)('what geth %s wrote (%s) must not be opened by %s, for a reason', (writer, scheme, reader, reason) => {
  expect(opensChainOf(writer, scheme, reader)).toContain(reason);
});

test('a version always opens its own chain', () => {
  const version = fc.tuple(fc.integer({ min: 9, max: 20 }), fc.nat(26)).map(([minor, patch]) => `1.${minor}.${patch}`);
  fc.assert(fc.property(version, fc.constantFrom(null, 'hash', 'path'), (geth, scheme) => opensChainOf(geth, scheme, geth) === undefined));
});
