import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../../src/diagnosis/signatures/sign-line.ts';
import { lineSigner } from '../../../src/diagnosis/signatures/sign-lines.ts';
import { CAUSES } from '../../../src/diagnosis/signatures/signatures.ts';
import { UNPRINTABLE } from '../../../src/node/printable.ts';
import type { LogLine } from '../../../src/ports/engine.ts';

const line = (text: string, seconds = 0): LogLine => ({
  stream: 'stderr',
  time: new Date(Date.UTC(2026, 10, 21, 12) + seconds * 1000).toISOString(),
  text,
});

function told(texts: readonly string[]) {
  const signer = lineSigner();
  for (const [index, text] of texts.entries()) signer.take(line(text, index));
  return signer.told();
}

const INFO = (text: string) => `INFO [11-21|12:00:00.000] ${text}`;

describe('a log', () => {
  test('of any length is kept in a bounded part, the first and the last of each kind', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `WARN [11-21|12:00:00.000] Unclean shutdown detected   booted=${index}`);
    const { signed, lastLines } = told(many);
    expect(signed.map(({ text }) => Number(/booted=(\d+)/.exec(text)?.[1]))).toEqual([0, 1, 2, 9995, 9996, 9997, 9998, 9999]);
    expect(lastLines).toHaveLength(40);
    expect(lastLines.at(-1)?.text).toMatch(/booted=9999$/);
  });

  test('is told in its order, whichever rows know it', () => {
    const { signed } = told(['panic: boom', INFO('Got interrupt, shutting down...'), 'panic: again', INFO('Blockchain stopped')]);
    expect(signed.map(({ kind }) => kind)).toEqual(['panic', 'interrupted', 'panic', 'clean-end']);
    expect(signed.map(({ at }) => at)).toEqual(signed.map(({ at }) => at).toSorted());
  });

  test('that ends with a stack of thousands still shows what came before the panic', () => {
    const stack = Array.from({ length: 5_000 }, (_, index) => (index % 2 ? `main.f${index}()` : `\tmain.go:${index} +0x1`));
    const { lastLines } = told([INFO('Chain head was updated   number=7'), 'panic: boom', '', 'goroutine 1 [running]:', ...stack]);
    expect(lastLines[0]?.text).toContain('number=7');
    expect(lastLines[1]?.text).toBe('panic: boom');
    expect(lastLines.length).toBeLessThan(20);
  });

  test('that goes on after a body of lines is kept again', () => {
    const stack = Array.from({ length: 100 }, (_, index) => `main.f${index}()`);
    expect(
      told(['panic: boom', ...stack, INFO('begun anew'), 'a banner'])
        .lastLines.slice(-2)
        .map(({ text }) => text),
    ).toEqual([INFO('begun anew'), 'a banner']);
  });

  test('without times is told all the same', () => {
    const signer = lineSigner();
    signer.take({ stream: 'stdout', time: '', text: 'panic: boom' });
    expect(signer.told().signed).toMatchObject([{ kind: 'panic', at: Number.NaN }]);
  });
});

test('no address tells its password, path or query, wherever a long line is cut', () => {
  const url = 'https://user:Sw0rdf1sh@rpc.example.org:8545/v3/5ecret?key=hunter2';
  const around = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(fc.nat({ max: 2_100 }), fc.constantFrom(' ', 'x', 'a b '), around, (length, piece, after) => {
      const before = piece.repeat(length).slice(0, length);
      const { signed, lastLines } = told([
        `panic: ${before} ${url} ${after}`,
        `${before}${url}${after}`,
        `Fatal: ${url} ${'z '.repeat(2_000)}`,
      ]);
      for (const { text } of [...signed, ...lastLines]) expect(text).not.toMatch(/Sw0rdf|5ecret|hunter2/);
    }),
    { numRuns: 150 },
  );
});

describe('a line of a stranger', () => {
  test('cannot speak as geth from within a value, nor as an answer to a caller', () => {
    const words = ['panic: boom', 'Fatal: Failed', 'no space left on device', 'Blockchain stopped', '########## BAD BLOCK #########'];
    for (const word of words) {
      expect(signatureOf(INFO(`Looking for peers                        peercount=1 name="${word}"`))).toBeUndefined();
      expect(
        signatureOf(`WARN [11-21|12:00:00.000] Served eth_call                          reqid=1 err="the method /x: ${word}"`),
      ).toBeUndefined();
      expect(signatureOf(JSON.stringify({ t: '2026-11-21T12:00:00Z', lvl: 'info', msg: 'Looking for peers', name: word }))).toBeUndefined();
    }
  });

  test('cannot command a terminal', () => {
    const { signed, lastLines } = told(['panic: \u001b[2J\u001b]0;owned\u0007\u202egnp', '\u001b[31mINFO\u009b']);
    for (const { text } of [...signed, ...lastLines]) expect(text).not.toMatch(UNPRINTABLE);
    expect(signed).toHaveLength(1);
  });

  test('whatever it holds is read in bounded time and text', () => {
    const pieces = fc.constantFrom(
      ...CAUSES.map(({ example }) => example.slice(0, 60)),
      ...[
        'Fatal: ',
        'panic: ',
        'chaindata/',
        ': ',
        'err="',
        '"',
        '\\',
        'msg="',
        'level=error ',
        'time="',
        '\u0000',
        '\ufffd',
        '\u001b[',
        '{"lvl":"',
        'corrupt ',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const { signed, lastLines } = told(texts);
        expect(lastLines.length).toBeLessThanOrEqual(40);
        for (const kept of [...signed, ...lastLines]) {
          expect([...kept.text].length).toBeLessThanOrEqual(301);
          expect(kept.text).not.toMatch(UNPRINTABLE);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    'Fatal: ',
    'Fatal: chaindata/',
    'chaindata/',
    ' ',
    'err="',
    '\\"',
    'a=',
    '########## ',
    'pebble: file 1 ',
    'time="',
    '{"a":[',
  ])('of 1 MiB of %j costs no more than a moment', (piece) => {
    const hostile = [`Fatal: ${piece.repeat((1 << 20) / piece.length)}`, piece.repeat((1 << 20) / piece.length)];
    const before = performance.now();
    for (const text of hostile) signatureOf(text);
    // A pattern that goes back and forth takes minutes.
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

/** The same event in each of geth's formats, old and new. */
test.each([
  ['WARN [05-22|15:06:25] Disk space is running low. Geth will shutdown if disk space runs below critical level. available=68GiB', '1.8'],
  [
    't=2026-11-21T20:21:29+0000 lvl=warn msg="Disk space is running low. Geth will shutdown if disk space runs below critical level." available="65.08 GiB" critical_level="48.83 GiB" path=/data/geth',
    'logfmt',
  ],
  [
    '{"available":"64.00 GiB","critical_level":"48.83 GiB","lvl":"warn","msg":"Disk space is running low. Geth will shutdown if disk space runs below critical level.","path":"/data/geth","t":"2026-11-21T20:21:23.121230013Z"}',
    'JSON to 1.13.5',
  ],
  [
    '{"t":"2026-11-21T20:21:35.571263953Z","lvl":"warn","msg":"Disk space is running low. Geth will shutdown if disk space runs below critical level.","available":"64.00 GiB"}',
    'JSON',
  ],
  [
    '\u001b[33mWARN \u001b[0m[11-21|20:14:30.799] Disk space is running low. Geth will shutdown if disk space runs below critical level. \u001b[33mavailable\u001b[0m=68.41GiB',
    'colours',
  ],
])('a format changes nothing (%#)', (text) => {
  expect(signatureOf(text)?.kind).toBe('disk-running-low');
});
