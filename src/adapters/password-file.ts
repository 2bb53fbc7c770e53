import { readFileSync, statSync } from 'node:fs';
import { NodectlError } from '../errors.ts';

const LARGEST_PASSWORD = 4096;
const OTHERS = 0o077;

/** As ProfileFiles.readPassword. */
export function readPassword(path: string): string {
  const refuse = (problem: string, hint: string, cause?: unknown) =>
    new NodectlError('USAGE', `The password file ${path} ${problem}`, { hint, cause });
  let text: string;
  try {
    // Before it is opened: opening a pipe waits for its other end.
    const facts = statSync(path);
    if (!facts.isFile()) throw refuse('is not a file.', 'Write the password into a file.');
    if ((facts.mode & OTHERS) !== 0) throw refuse('may be read or written by others.', `chmod 600 ${quoted(path)}`);
    if (facts.size > LARGEST_PASSWORD)
      throw refuse(`has ${facts.size} bytes.`, `A password file has one line, of at most ${LARGEST_PASSWORD} bytes.`);
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof NodectlError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    throw refuse(code === 'ENOENT' ? 'is not there.' : `cannot be read (${code}).`, 'Check the path.', cause);
  }
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '') throw refuse('is empty, or its first line is.', 'Write the password into its first line.');
  return line;
}

function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
