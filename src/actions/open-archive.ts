import { NodectlError } from '../errors.ts';
import { entryJudge } from '../node/archive/entry-rules.ts';
import { LARGEST_MANIFEST, MANIFEST_FILE, type Manifest, readManifest } from '../node/archive/manifest.ts';
import { printable } from '../node/printable.ts';
import type { Archives } from '../ports/archives.ts';
import type { TreeEntry } from '../ports/volume-tree.ts';

/** An archive whose first entry was read and judged; the rest comes as it is asked for. */
export interface OpenArchive {
  readonly manifest: Manifest;
  /** What may be unpacked. It throws ARCHIVE_UNSAFE at an entry that may not, and ARCHIVE_BROKEN at its end for an archive that is not whole. */
  readonly entries: AsyncIterable<TreeEntry>;
  /** For whoever does not read it to its end. */
  close(): Promise<void>;
}

/** ARCHIVE_BROKEN, ARCHIVE_NEWER, NO_SUCH_FILE. */
export async function openArchive(archives: Archives, source: Parameters<Archives['read']>[0], signal: AbortSignal): Promise<OpenArchive> {
  const reading = archives.read(source, signal)[Symbol.asyncIterator]();
  const close = async () => void (await reading.return?.());
  try {
    const manifest = await firstManifest(await reading.next());
    return { manifest, entries: judged(reading, manifest), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function firstManifest({ done, value: entry }: IteratorResult<TreeEntry>): Promise<Manifest> {
  if (done || entry.path !== MANIFEST_FILE || entry.kind !== 'file' || entry.size > LARGEST_MANIFEST) {
    throw new NodectlError('ARCHIVE_BROKEN', 'This is no archive of nodectl.');
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry.content) chunks.push(chunk);
  const decoder = new TextDecoder();
  return readManifest(chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode());
}

async function* judged(reading: AsyncIterator<TreeEntry>, { volumes }: Manifest): AsyncGenerator<TreeEntry> {
  const judge = entryJudge(volumes.map(({ part }) => part));
  for (let next = await reading.next(); !next.done; next = await reading.next()) {
    const problem = judge(next.value);
    if (problem !== undefined) {
      throw new NodectlError('ARCHIVE_UNSAFE', `The archive is not to be trusted: ${printable(next.value.path, 200)} ${problem}.`);
    }
    yield next.value;
  }
}
