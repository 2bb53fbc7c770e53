import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { NodectlError } from '../errors.ts';
import type { HostChanges } from '../ports/host-changes.ts';

const BLOCK = 4 * 1024 * 1024;

/** Writes zeros through, so that the file has no holes on any filesystem; see the port. */
export const allocateFile: HostChanges['allocate'] = async (path, bytes, onProgress, signal) => {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    const block = Buffer.alloc(BLOCK);
    for (let done = 0; done < bytes; ) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while ${path} was written.`);
      done += writeSync(descriptor, block, 0, Math.min(BLOCK, bytes - done));
      onProgress({ what: `Writing ${path}`, done, total: bytes, unit: 'bytes' });
      await new Promise((resolve) => setImmediate(resolve));
    }
    fsyncSync(descriptor);
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  } finally {
    closeSync(descriptor);
  }
};
