import { createHash } from 'node:crypto';
import { readGenesis } from '../../../src/node/genesis/read-genesis.ts';
import { errorOf } from '../../error-code.ts';

/** Reads a genesis text as the command line would. */
export function read(text: string) {
  return readGenesis('genesis.json', text, (canonical) => createHash('sha256').update(canonical).digest('hex'));
}

/** The error for a text, which must be INVALID_GENESIS and short. */
export function refused(text: string) {
  const error = errorOf(() => read(text));
  if (error.code !== 'INVALID_GENESIS' || error.exit !== 2) throw new Error(`${error.code}: ${error.message}`);
  if (error.message.length > 400 || error.message.includes('\n')) throw new Error(`too long: ${error.message.slice(0, 500)}`);
  return error;
}
