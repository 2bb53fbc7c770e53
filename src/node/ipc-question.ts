import * as z from 'zod/mini';
import { NodectlError } from '../errors.ts';
import type { Ran } from '../ports/volume-run.ts';
import { DATA_DIRECTORY } from './container-paths.ts';
import { printable } from './printable.ts';

/** What the console wraps every answer in, so that its own errors, which also end with exit code 0, are told apart. */
const Envelope = z.union([z.strictObject({ failed: z.string() }), z.strictObject({ answer: z.unknown() })]);

/** One question for geth's console: an expression of constants and of what JSON.stringify wrote, and how its answer is read. */
export interface IpcQuestion<T> {
  readonly expression: string;
  /** GETH_REFUSED for an answer of another shape. */
  read(answer: unknown): T;
}

export function ipcQuestion<T>(expression: string, schema: z.ZodMiniType<T>): IpcQuestion<T> {
  return {
    expression,
    read(answer) {
      const read = schema.safeParse(answer);
      if (read.success) return read.data;
      const { path, message } = read.error.issues[0] ?? { path: [], message: '' };
      throw new NodectlError('GETH_REFUSED', 'geth answered something that nodectl does not understand.', {
        hint: 'Please report it with the version of geth.',
        facts: { where: path.join('.'), why: message },
      });
    },
  };
}

/**
 * The words that ask a running geth one question through its IPC file: a JavaScript expression. Known to work from 1.9.25 to 1.17.8.
 * The answer is JSON in ASCII: Go prints other characters as JSON cannot read them (`\x7f`), and a peer chooses its own name.
 */
export function ipcWords(expression: string): readonly string[] {
  const ascii = '.replace(/[^\\x20-\\x7e]/g,function(c){return "\\\\u"+("000"+c.charCodeAt(0).toString(16)).slice(-4)})';
  const script = `(function(){var said;try{said={answer:${expression}}}catch(e){said={failed:String(e)}}return JSON.stringify(said)${ascii}})()`;
  return ['geth', 'attach', '--datadir', DATA_DIRECTORY, '--exec', script, `${DATA_DIRECTORY}/geth.ipc`];
}

/** The value that geth's console answered; GETH_REFUSED with what geth said when it did not. */
export function readIpcAnswer(ran: Ran): unknown {
  const said = ran.exitCode === 0 ? envelopeIn(ran.stdout) : undefined;
  if (said !== undefined && 'answer' in said) return said.answer;
  if (said !== undefined && 'failed' in said) throw refused('geth refused what it was asked.', said.failed);
  const lines = `${ran.stdout}\n${ran.stderr}`.trim().split('\n');
  const fatal = lines.findLast((line) => line.startsWith('Fatal:')) ?? lines.at(-1) ?? '';
  if (/unable to attach/i.test(fatal)) {
    throw refused('geth does not answer through its IPC file.', fatal, 'It may still be starting: try again, or look with `nodectl logs`.');
  }
  throw refused('geth gave no answer through its IPC file.', fatal);
}

/** The last line that reads as an answer; what a version logs besides is passed over. */
function envelopeIn(stdout: string): z.infer<typeof Envelope> | undefined {
  for (const line of stdout.split('\n').reverse()) {
    if (!line.startsWith('"')) continue;
    try {
      // The console prints a string as a quoted string; within is our JSON.
      return Envelope.parse(JSON.parse(z.string().parse(JSON.parse(line))));
    } catch {
      // Not ours: an earlier line may be.
    }
  }
  return undefined;
}

function refused(message: string, said: string, hint?: string): NodectlError {
  return new NodectlError('GETH_REFUSED', message, { facts: { geth: printable(said, 300) }, ...(hint === undefined ? {} : { hint }) });
}
