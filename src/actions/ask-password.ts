import { NodectlError } from '../errors.ts';
import type { Console } from '../ports.ts';

/** A new password, typed twice unseen; USAGE when it is empty, when the two differ, and without a terminal. */
export async function askPassword(console: Console): Promise<string> {
  const flag = '--password-file';
  const password = await console.secret('Password that encrypts the key:', flag);
  if (password === '') throw new NodectlError('USAGE', 'The key needs a password.', { hint: `Type one, or give ${flag}.` });
  if ((await console.secret('The same again:', flag)) === password) return password;
  throw new NodectlError('USAGE', 'The two passwords differ.', { hint: 'Run the same command again.' });
}
