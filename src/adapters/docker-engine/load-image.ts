import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { NodectlError } from '../../errors.ts';
import type { OnProgress } from '../../ports/progress.ts';
import { ndjson } from './ndjson.ts';
import { engineGone, engineWords, judgeTransfer } from './transfer-failure.ts';
import { transferRow } from './transfer-row.ts';

/** Loads a docker-archive into the engine, at the engine's pace. DISK_FULL, ENGINE_FAILED, or whatever making the archive threw. */
export async function loadImage(docker: Docker, archive: AsyncIterable<Uint8Array>, onProgress: OnProgress): Promise<void> {
  let sourceFailure: unknown;
  async function* counted(): AsyncGenerator<Uint8Array> {
    let done = 0;
    try {
      for await (const chunk of archive) {
        yield chunk;
        done += chunk.length;
        onProgress({ what: 'Loading the image into the engine', done, total: 0, unit: 'bytes' });
      }
    } catch (error) {
      sourceFailure = error;
      throw error;
    }
  }
  const source = Readable.from(counted(), { objectMode: false });
  try {
    const answer = await docker.loadImage(source);
    for await (const value of ndjson(answer as AsyncIterable<Uint8Array>)) {
      const { error } = transferRow(value);
      if (error !== undefined) throw loadFailed(error);
    }
  } catch (error) {
    if (sourceFailure !== undefined) throw sourceFailure;
    if (error instanceof NodectlError) throw error;
    const words = engineWords(error);
    throw words === undefined ? engineGone('load the image', error) : loadFailed(words);
  } finally {
    source.destroy();
  }
}

function loadFailed(words: string): NodectlError {
  const { code } = judgeTransfer(words, 'ENGINE_FAILED');
  return new NodectlError(code === 'DISK_FULL' ? code : 'ENGINE_FAILED', `The engine did not take the image: ${words}`);
}
