import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLevel, readLogLine } from '../../../src/node/log/read-log-line.ts';
import { CLIENT_LINES } from './client-lines.ts';
import { GETH_LINES } from './geth-lines.ts';

const REAL_LINES = [...GETH_LINES, ...CLIENT_LINES];

describe('a line of a log', () => {
  test.each(REAL_LINES)('of %s is read', (_, line, level, message, fields) => {
    const entry = readLogLine(line);
    expect(entry).toMatchObject({ level, message, fields });
    expect(Object.keys(fields).length > 0).toBe(Object.keys(entry.fields).length > 0);
  });

  test.each([
    '',
    '   ',
    'goroutine 3395332 [running]:',
    '\t/go-ethereum/build/_workspace/src/github.com/ethereum/go-ethereum/les/fetcher.go:567',
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x1c0 pc=0xb1eb3f]',
    '  1. This mode is only intended for fast, iterative development without assumptions on',
    'Chain ID:  1337 (unknown)',
    '########## BAD BLOCK #########',
    'Error: insufficient balance',
    'INFO without a time',
    'LOUD [11-21|12:44:41.188] no such level',
    '{"t":"2026-11-21T12:44:47.53Z","lvl":"info","msg":"Starting Ge',
    '{"lvl":3,"msg":"a number"}',
    '["lvl","info"]',
    'null',
    't=2026-11-21T12:44:44+0000 lvl=info msg="Using" some loose words',
    'time=now level=constructor msg=x',
  ])('that is none has no level and is its own message: %j', (line) => {
    expect(readLogLine(line)).toEqual({ level: null, message: line.trimEnd(), fields: {} });
  });

  test('keeps what geth quoted', () => {
    const { message, fields } = readLogLine(
      'INFO [11-21|12:44:41.188] "a=b \\"c\\""  name="Geth/\\x1b[2J\\u202e" empty= path="a\\\\" q="\\U0001F600"',
    );
    expect({ message, ...fields }).toEqual({ message: 'a=b "c"', name: 'Geth/\u001b[2J\u202e', empty: '', path: 'a\\', q: '😀' });
  });

  test('that is cut in a value keeps the value', () => {
    expect(readLogLine('WARN [11-21|12:44:41.188] Failed  err="no space le').fields).toEqual({ err: 'no space le' });
    expect(readLogLine('t=2026-11-21T12:44:44+0000 lvl=eror msg="Fail').message).toBe('Fail');
  });

  test('takes no word of a message for a field when other words follow it', () => {
    expect(readLogLine('INFO [11-21|12:44:41.188] set a=1 and b="x y" then  c=2')).toMatchObject({
      message: 'set a=1 and b="x y" then',
      fields: { c: '2' },
    });
  });

  test('holds numbers that JavaScript cannot', () => {
    const line = '{"t":"2026-11-21T12:44:47Z","lvl":"info","msg":"m","td":58750003716598352816469,"gas":18446744073709551615,"x":1.50}';
    expect(readLogLine(line).fields).toMatchObject({ td: '58750003716598352816469', gas: '18446744073709551615' });
  });

  test('may name a field as JavaScript names its own', () => {
    const { fields } = readLogLine('INFO [11-21|12:44:41.188] m __proto__=1 constructor=2 toString=3');
    expect(JSON.stringify(fields)).toBe('{"__proto__":"1","constructor":"2","toString":"3"}');
  });

  const LINE = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.tuple(fc.constantFrom(...REAL_LINES.map(([, line]) => line)), fc.nat(), fc.string({ unit: 'binary' })).map(([line, at, noise]) => {
      const cut = at % (line.length + 1);
      return line.slice(0, cut) + noise + line.slice(cut);
    }),
  );

  test('never makes the reader throw, whatever it holds', () => {
    fc.assert(
      fc.property(LINE, (line) => {
        const { level, message, fields } = readLogLine(line);
        expect(readLevel(line)).toBe(level);
        expect(level === null || ['crit', 'error', 'warn', 'info', 'debug', 'trace'].includes(level)).toBe(true);
        expect(typeof message).toBe('string');
        expect(Object.values(fields).every((value) => typeof value === 'string')).toBe(true);
        JSON.parse(JSON.stringify({ level, message, fields }));
      }),
      { numRuns: 2_000 },
    );
  });

  test('gives back every field that geth writes, in whatever words', () => {
    const key = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_./-]{0,12}$/);
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Surrogate}/u.test(text));
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 6 }), (fields) => {
        const words = Object.entries(fields).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
        expect(readLogLine(`INFO [11-21|12:44:41.188] Some words    ${words.join(' ')}`)).toEqual({
          level: 'info',
          message: 'Some words',
          fields,
        });
        expect(
          readLogLine(`t=2026-11-21T12:44:44+0000 lvl=info msg="Some words" ${words.map((word) => `k${word}`).join(' ')}`).fields,
        ).toEqual(Object.fromEntries(Object.entries(fields).map(([name, text]) => [`k${name}`, text])));
      }),
    );
  });

  test.each([
    ['quotes', 'a="b '.repeat(200_000)],
    ['backslashes', `a="${'\\'.repeat(1_000_000)}`],
    ['fields', 'a=b '.repeat(250_000)],
    ['one word', 'x'.repeat(1_000_000)],
    ['brackets', `{"lvl":"info","msg":"m","a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['escapes', `\u001b[`.repeat(500_000)],
  ])('of a megabyte of %s is read in time', (_, long) => {
    const begun = performance.now();
    for (const line of [long, `INFO [11-21|12:44:41.188] ${long}`, `t=x lvl=info msg=${long}`]) readLogLine(line);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
