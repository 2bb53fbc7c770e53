import { createHash } from 'node:crypto';
import type { NetworkFile } from '../ports.ts';
import { pathBeside, readBounded, type WantedFile } from './bounded-file.ts';

/** A genesis state has some 150 bytes for each validator: this holds 400,000. */
const NETWORK_FILE: WantedFile = { what: 'a network', largest: 64 * 1024 * 1024, code: 'INVALID_PROFILE' };

/** As ProfileFiles.readNetworkFile. */
export function readNetworkFile(path: string, beside: string): NetworkFile {
  const file = pathBeside(path, beside);
  const bytes = readBounded(file, NETWORK_FILE);
  return { path: file, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}
