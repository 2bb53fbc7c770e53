import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCpus } from '../../src/node/cpus.ts';
import { compareVersions, inRange, parseGethVersion } from '../../src/node/geth-version.ts';
import { parseNodeName, partNames } from '../../src/node/names.ts';
import { nearestWord } from '../../src/node/nearest-word.ts';
import { errorOf } from '../error-code.ts';

describe('CPUs', () => {
  test.each([
    ['1.5', 1.5],
    ['2', 2],
    ['.5', 0.5],
    ['0.01', 0.01],
    ['1000', 1000],
    ['0.123456789', 0.123456789],
  ])('%j are %d', (text, cpus) => {
    expect(parseCpus(text)).toBe(cpus);
  });

  test.each(['', '0', '0.0', '0.005', '-1', '+1', 'NaN', 'Infinity', '1e1', '0x1', '1,5', ' 1', '1 ', '1.', 'all', '9'.repeat(40)])(
    '%j is INVALID_CPUS',
    (text) => {
      expect(errorOf(() => parseCpus(text)).code).toBe('INVALID_CPUS');
    },
  );
});

describe('versions of geth', () => {
  test.each([
    ['1.17.8', '1.17.8'],
    ['v1.17.10', '1.17.10'],
    ['1.017.08', '1.17.8'],
  ])('%j is %s', (text, version) => {
    expect(parseGethVersion(text)).toBe(version);
  });

  test.each([
    'latest',
    'stable',
    '',
    '1.17',
    '1.17.8-unstable',
    '1.17.8 ',
    'V1.17.8',
    '1.17.x',
    '1.17.8.1',
    '-1.17.8',
    '1.17.9999',
    '../1.17.8',
  ])('%j is INVALID_VERSION', (text) => {
    expect(errorOf(() => parseGethVersion(text)).code).toBe('INVALID_VERSION');
  });

  test('are ordered by number, not by letter', () => {
    expect(compareVersions('1.17.10', '1.17.9')).toBeGreaterThan(0);
    expect(compareVersions('1.9.25', '1.10.0')).toBeLessThan(0);
    expect(compareVersions('1.17.8', '1.17.8')).toBe(0);
  });

  test('lie in a range with both its ends', () => {
    const range = { since: '1.10.0', until: '1.10.13' };
    expect(['1.9.25', '1.10.0', '1.10.13', '1.10.14'].map((version) => inRange(version, range))).toEqual([false, true, true, false]);
    expect(inRange('1.17.8', {})).toBe(true);
  });

  test('compare the same both ways round', () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('names of nodes', () => {
  test.each(['dev', 'a', '0', 'my-node_2', 'a'.repeat(63)])('%j is one', (name) => {
    expect(parseNodeName(name)).toBe(name);
  });

  const refused = [
    '',
    '../x',
    'a/b',
    '-x',
    '_x',
    '.x',
    'x.helper',
    'Dev',
    'b\u00f6se',
    '\u{1f980}',
    'a b',
    'a\n',
    '$(id)',
    'a;b',
    'a\u0000b',
  ];
  test.each([...refused, 'a'.repeat(64), 'x'.repeat(300)])('%j is INVALID_NAME', (name) => {
    const error = errorOf(() => parseNodeName(name));
    expect(error.code).toBe('INVALID_NAME');
    expect(error.message.length).toBeLessThan(200);
  });

  test('give parts that the engine takes and that never meet another node’s', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,62}$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        const ours = Object.values(partNames(parseNodeName(a)));
        for (const part of ours) expect(part).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
        if (a !== b) expect(ours.filter((part) => Object.values(partNames(b)).includes(part))).toEqual([]);
      }),
    );
  });
});

describe('the nearest word', () => {
  const modes = ['snap', 'full', 'archive', 'fast', 'light'];
  test.each([
    ['snpa', 'snap'],
    ['snp', 'snap'],
    ['pans', undefined],
    ['fulll', 'full'],
    ['SNAP', 'snap'],
    ['archiv', 'archive'],
    ['xyz', undefined],
    ['', undefined],
  ])('of %j is %s', (word, nearest) => {
    expect(nearestWord(word, modes)).toBe(nearest);
  });

  test('is found in time for a word of any length', () => {
    const started = performance.now();
    nearestWord('x'.repeat(1_000_000), modes);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
