import { isUtf8 } from 'node:buffer';
import { pathBeside, readBounded, refuseFile, type WantedFile } from './bounded-file.ts';

/** Mainnet's own genesis has 8893 accounts in 0.6 MB. */
const GENESIS: WantedFile = { what: 'a genesis', largest: 16 * 1024 * 1024, code: 'INVALID_GENESIS' };

/** As ProfileFiles.readGenesis. */
export function readGenesis(path: string, beside?: string): { readonly path: string; readonly text: string } {
  const file = pathBeside(path, beside);
  const bytes = readBounded(file, GENESIS);
  if (!isUtf8(bytes)) throw refuseFile(file, 'is not UTF-8 text.', GENESIS.code);
  return { path: file, text: bytes.toString('utf8') };
}
