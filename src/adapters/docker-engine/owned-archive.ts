import { pack } from 'tar-stream';
import type { PlacedFile } from '../../ports/containers.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A tar archive of folders (for their owner alone) and files, in this order; their paths are relative to where it is unpacked. */
export async function ownedArchive(folders: readonly string[], files: readonly PlacedFile[], owner: Owner): Promise<Buffer> {
  const archive = pack();
  for (const folder of new Set(folders)) archive.entry({ name: `${folder}/`, type: 'directory', mode: 0o700, ...owner });
  for (const { path, content, mode } of files) archive.entry({ name: path, mode, ...owner }, Buffer.from(content));
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Every folder above a relative path, the outermost first: `a` and `a/b` for `a/b/c`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
