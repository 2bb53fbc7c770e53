import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ipcQuestion, ipcWords, readIpcAnswer } from '../../src/node/ipc-question.ts';
import { errorOf } from '../error-code.ts';

/** What geth's console prints of a string of ASCII. */
const printed = (value: unknown) => `${JSON.stringify(JSON.stringify(value))}\n`;
const ran = (stdout: string, stderr = '', exitCode = 0) => ({ exitCode, stdout, stderr });

describe('an answer of the console', () => {
  test.each([
    ['a value', printed({ answer: { a: [1, 'two'] } }), { a: [1, 'two'] }],
    ['quotes, backslashes and line ends', printed({ answer: '"\\"\n\\n' }), '"\\"\n\\n'],
    ['after noise', `WARN [11-21|05:59:27] Sanitizing cache\n"a quoted line"\n${printed({ answer: 1 })}\n`, 1],
    ['before noise', `${printed({ answer: 1 })}INFO bye\n`, 1],
  ])('is read: %s', (_what, stdout, value) => {
    expect(readIpcAnswer(ran(stdout))).toEqual(value);
  });

  test.each([
    ['an error of the JavaScript, caught', ran(printed({ failed: 'Error: invalid enode' }))],
    ['an error of the console itself, exit code 0', ran('ReferenceError: foo is not defined\n\tat <eval>:1:1(0)\n\n')],
    ['no IPC file', ran('', 'Fatal: Unable to attach to remote geth: dial unix /data/geth.ipc: connect: no such file or directory', 1)],
    ['no geth', ran('', 'OCI runtime exec failed: exec: "geth": executable file not found', 126)],
    ['silence', ran('')],
    ['undefined', ran(printed({}))],
    ['a killed console', ran(printed({ answer: 1 }), '', 137)],
    ['another JSON', ran(printed([1]))],
    ['a JSON of both', ran(printed({ answer: 1, failed: 'x' }))],
    ['a string that is not JSON', ran('"{\\"answer\\":"\n')],
    ['broken quotes', ran('"{\\x7f}"\n')],
    ['ten megabytes of quotes', ran('"'.repeat(10_000_000))],
  ])('is GETH_REFUSED: %s', (_what, answer) => {
    expect(errorOf(() => readIpcAnswer(answer)).code).toBe('GETH_REFUSED');
  });

  test('of a hostile geth brings no control characters into the error', () => {
    const { facts } = errorOf(() => readIpcAnswer(ran('', 'Fatal: \u001b[2J\u202e\u0007gone', 1)));
    expect(facts.geth).toMatch(/^[ -~]+$/);
  });

  test('of another shape is GETH_REFUSED', () => {
    expect(errorOf(() => ipcQuestion('1', z.object({ a: z.number() })).read({ a: 'x' })).code).toBe('GETH_REFUSED');
  });
});

describe('a question', () => {
  const run = (expression: string, world: object = {}) => {
    const words = ipcWords(expression);
    return String(runInNewContext(words[words.indexOf('--exec') + 1] ?? '', world));
  };

  test('answers in ASCII whatever it holds, and what is read is what was said', () => {
    const name = 'Geth\u007f\u2028\u{1f642}\u001b"\\é';
    const said = run('{name:name}', { name });
    expect(said).toMatch(/^[ -~]+$/);
    expect(readIpcAnswer(ran(`${JSON.stringify(said)}\n`))).toEqual({ name });
  });

  test('that throws ends as GETH_REFUSED with the reason', () => {
    const said = run('(function(){throw new Error("invalid enode")})()');
    expect(errorOf(() => readIpcAnswer(ran(`${JSON.stringify(said)}\n`)))).toMatchObject({
      code: 'GETH_REFUSED',
      facts: { geth: 'Error: invalid enode' },
    });
  });
});
