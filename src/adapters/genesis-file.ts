import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { NodectlError } from '../errors.ts';

/** Mainnet's own genesis has 8893 accounts in 0.6 MB. */
const LARGEST_GENESIS = 16 * 1024 * 1024;

/** As ProfileFiles.readGenesis. */
export function readGenesis(path: string, beside?: string): { readonly path: string; readonly text: string } {
  const file = beside === undefined || isAbsolute(path) ? path : join(dirname(beside), path);
  return { path: file, text: readText(file) };
}

function readText(path: string): string {
  const refuse = (problem: string, cause?: unknown) =>
    new NodectlError('INVALID_GENESIS', `${path}: ${problem}`, { facts: { file: path }, cause });
  let bytes: Buffer;
  try {
    // Before it is opened: opening a pipe waits for its other end.
    const facts = statSync(path);
    if (!facts.isFile()) throw refuse('is not a file.');
    if (facts.size > LARGEST_GENESIS) throw refuse(`has ${facts.size} bytes; a genesis has ${LARGEST_GENESIS} at most.`);
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof NodectlError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new NodectlError('NO_SUCH_PROFILE', `There is no genesis file ${path}.`, { hint: 'Check the path.', cause });
    throw refuse(`cannot be read (${code}).`, cause);
  }
  if (!isUtf8(bytes)) throw refuse('is not UTF-8 text.');
  return bytes.toString('utf8');
}
