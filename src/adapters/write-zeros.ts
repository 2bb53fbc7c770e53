import { closeSync, fsyncSync, constants as modes, openSync, writeSync } from 'node:fs';
import { NodectlError } from '../errors.ts';
import type { OnProgress } from '../ports/progress.ts';

/** Of the runtime; TypeScript knows it by the browser's types alone. */
declare const WebAssembly: { readonly Memory: new (pages: { initial: number }) => { readonly buffer: ArrayBuffer } };

const BLOCK = 4 * 1024 * 1024;
const WASM_PAGE = 64 * 1024;

/**
 * Overwrites the beginning of a file that exists with zeros, on the disk when it returns. It goes past the page cache where the
 * filesystem can, so that it drives no chain data out of memory. INTERRUPTED, and what writing throws.
 */
export async function writeZeros(path: string, bytes: number, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
  let direct = true;
  for (let done = 0; done < bytes; ) {
    const descriptor = openSync(path, modes.O_WRONLY | modes.O_NOFOLLOW | (direct ? directMode(path) : 0));
    try {
      done = await writeOn(descriptor);
    } catch (thrown) {
      if (!direct || (thrown as NodeJS.ErrnoException).code !== 'EINVAL') throw thrown;
      // Blocks of a size that this disk does not take directly.
      direct = false;
    } finally {
      closeSync(descriptor);
    }
  }

  async function writeOn(descriptor: number): Promise<number> {
    const zeros = direct ? alignedZeros() : Buffer.alloc(BLOCK);
    let done = 0;
    while (done < bytes) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while ${path} was written.`);
      done += writeSync(descriptor, zeros, 0, Math.min(BLOCK, bytes - done), done);
      onProgress({ what: `Writing ${path}`, done, total: bytes, unit: 'bytes' });
      await new Promise((resolve) => setImmediate(resolve));
    }
    fsyncSync(descriptor);
    return done;
  }
}

/** O_DIRECT where the filesystem lets a file be opened with it. */
function directMode(path: string): number {
  try {
    closeSync(openSync(path, modes.O_WRONLY | modes.O_DIRECT));
    return modes.O_DIRECT;
  } catch {
    return 0;
  }
}

/** Direct writes want memory that begins at a page: of what JavaScript can get, only WebAssembly's is sure to. */
function alignedZeros(): Buffer {
  return Buffer.from(new WebAssembly.Memory({ initial: BLOCK / WASM_PAGE }).buffer);
}
