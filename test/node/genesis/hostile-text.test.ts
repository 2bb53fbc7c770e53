import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NodectlError } from '../../../src/errors.ts';
import { cliqueGenesis } from '../../genesis-files.ts';
import { changed } from './bad-geneses.ts';
import { read, refused } from './read.ts';

const MIB = 1024 * 1024;
const CLIQUE = cliqueGenesis({ signers: [`0x${'a1'.repeat(20)}`] });

describe('no text is a crash or a long wait', () => {
  test.each([
    ['nothing', ''],
    ['spaces', ' '.repeat(16 * MIB)],
    ['line ends', '\n'.repeat(16 * MIB)],
    ['zero bytes', '\u0000'.repeat(1000)],
    ['a byte order mark', `\ufeff${CLIQUE}`],
    ['UTF-16 taken for UTF-8', [...CLIQUE].map((character) => `${character}\u0000`).join('')],
    ['lists in lists', '['.repeat(16 * MIB)],
    ['objects in objects', '{"a":'.repeat(3 * MIB)],
    ['a huge list', `{"config":[${'1,'.repeat(8 * MIB - 10)}1]}`],
    ['a huge list of lists', `[${'[],'.repeat(5 * MIB)}[]]`],
    ['a huge string', `{"config":"${'x'.repeat(16 * MIB - 20)}"}`],
    ['a huge string without end', `{"config":"${'x'.repeat(16 * MIB - 20)}`],
    ['a huge string of escapes', `{"config":"${'\\"'.repeat(8 * MIB - 20)}"}`],
    ['backslashes', `"${'\\'.repeat(16 * MIB - 5)}"`],
    ['a huge number', `{"config":{"chainId":${'9'.repeat(16 * MIB - 40)}}}`],
    ['a huge quantity', changed(CLIQUE, { difficulty: `0x${'f'.repeat(8 * MIB)}` })],
    ['huge extraData', changed(CLIQUE, { extraData: `0x${'0'.repeat(12 * MIB)}` })],
    ['a huge key', `{"${'k'.repeat(8 * MIB)}":1,"${'k'.repeat(7 * MIB)}":1}`],
    ['a list', '[]'],
    ['a word', '"genesis"'],
    ['a number', '5'],
    ['an object without anything', '{}'],
    ['a comment', `// mine\n${CLIQUE}`],
    ['a comma too many', CLIQUE.replace('{}}', '{},}')],
    ['a raw line end in a string', '{"a":"\n"}'],
    ['half of it', CLIQUE.slice(0, CLIQUE.length / 2)],
    ['YAML', 'config:\n  chainId: 5\n'],
  ])('%s', (_what, text) => {
    const started = performance.now();
    refused(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('sixteen megabytes of accounts are read in time', () => {
    const accounts = Array.from({ length: 230_000 }, (_, index) => `"${index.toString(16).padStart(40, '0')}":{"balance":"0x1"}`);
    const text = CLIQUE.replace('"alloc":{}', `"alloc":{${accounts.join(',')}}`);
    const started = performance.now();
    expect(read(text).seal).toBe('clique');
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test('the line of a mistake is told', () => {
    expect(refused('{\n"config": {\n"chainId" 5}}').message).toContain('line 3');
  });
});

test('names of the language in it are keys like others', () => {
  const text = CLIQUE.replace('"alloc":{}', '"alloc":{},"__proto__":{"config":1},"constructor":5,"toString":null');
  expect(read(text).seal).toBe('clique');
  refused('{"__proto__":{"config":{"chainId":5}}}');
});

describe('whatever is fed to it', () => {
  const judged = (text: string) => {
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(NodectlError);
      expect((error as NodectlError).code).toBe('INVALID_GENESIS');
    }
  };

  test('any text is read or refused', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), judged));
    fc.assert(fc.property(fc.json(), judged));
  });

  test('any value in any place is read or refused', () => {
    const keys = fc.constantFrom('config', 'alloc', 'difficulty', 'extraData', 'gasLimit', 'timestamp', 'number');
    const inner = fc.constantFrom('chainId', 'clique', 'ethash', 'londonBlock', 'shanghaiTime', 'terminalTotalDifficulty', 'blobSchedule');
    fc.assert(fc.property(keys, fc.jsonValue(), (key, value) => judged(changed(CLIQUE, { [key]: value }))));
    fc.assert(fc.property(inner, fc.jsonValue(), (key, value) => judged(changed(CLIQUE, {}, { [key]: value }))));
  });

  test('a text cut or altered anywhere is read or refused', () => {
    fc.assert(
      fc.property(fc.nat(CLIQUE.length), fc.string({ maxLength: 3 }), fc.nat(3), (at, put, gone) =>
        judged(CLIQUE.slice(0, at) + put + CLIQUE.slice(at + gone)),
      ),
    );
  });

  test('what it takes for JSON is what JSON.parse does, but for keys that are there twice', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        expect(refused(`${json} `).message).not.toContain('is not JSON');
      }),
    );
  });
});
