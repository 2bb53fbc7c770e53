import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { NodectlError } from '../errors.ts';

const LARGEST_KEY = 256;
const OTHERS = 0o077;

/** As ProfileFiles.readKey. */
export function readKey(path: string): string {
  const refuse = (problem: string, hint: string, cause?: unknown) =>
    new NodectlError('USAGE', `The key file ${path} ${problem}`, { hint, cause });
  const format = 'It holds 64 hexadecimal digits, as `openssl rand -hex 32` makes them.';
  let text: string;
  try {
    // Before it is opened: opening a pipe waits for its other end.
    const facts = statSync(path);
    if (!facts.isFile()) throw refuse('is not a file.', format);
    if ((facts.mode & OTHERS) !== 0) throw refuse('may be read or written by others.', 'Make it readable for its owner alone: chmod 600.');
    if (facts.size > LARGEST_KEY) throw refuse(`has ${facts.size} bytes.`, format);
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof NodectlError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    throw refuse(code === 'ENOENT' ? 'is not there.' : `cannot be read (${code}).`, 'Check the path.', cause);
  }
  const key = text.trim().replace(/^0x/i, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(key)) throw refuse('holds no key of the engine API.', format);
  return key;
}

/** As ProfileFiles.randomKey. */
export function randomKey(): string {
  return randomBytes(32).toString('hex');
}
