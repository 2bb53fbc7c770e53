import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { NodectlError } from '../errors.ts';

/** What a file that a person names is to be, for the words of a refusal. */
export interface WantedFile {
  /** With its article: `a genesis`. */
  readonly what: string;
  readonly largest: number;
  readonly code: 'INVALID_GENESIS' | 'INVALID_PROFILE';
}

/** A path as it is meant beside another file; as it is where `beside` is left out. */
export function pathBeside(path: string, beside: string | undefined): string {
  return beside === undefined || isAbsolute(path) ? path : join(dirname(beside), path);
}

/** The bytes of a file that is no larger than it may be; NO_SUCH_PROFILE where there is none, `wanted.code` otherwise. */
export function readBounded(path: string, { what, largest, code }: WantedFile): Buffer {
  try {
    // Before it is opened: opening a pipe waits for its other end.
    const facts = statSync(path);
    if (!facts.isFile()) throw refuseFile(path, 'is not a file.', code);
    if (facts.size > largest) throw refuseFile(path, `has ${facts.size} bytes; ${what} has ${largest} at most.`, code);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof NodectlError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code;
    if (reason !== 'ENOENT') throw refuseFile(path, `cannot be read (${reason}).`, code, cause);
    const name = what.replace(/^an? /, '');
    throw new NodectlError('NO_SUCH_PROFILE', `There is no ${name} file ${path}.`, { hint: 'Check the path.', cause });
  }
}

export function refuseFile(path: string, problem: string, code: WantedFile['code'], cause?: unknown): NodectlError {
  return new NodectlError(code, `${path}: ${problem}`, { facts: { file: path }, cause });
}
