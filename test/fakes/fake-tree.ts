import type { TreeEntry } from '../../src/ports/volume-tree.ts';
import type { FakeFile } from './fake-container.ts';

/** What is below these paths of a volume, as an engine packs it: folders before what is in them. */
export function* fakeTree(part: string, files: ReadonlyMap<string, FakeFile>, paths: readonly string[]): Generator<TreeEntry> {
  for (const asked of paths) {
    const found = [...files.values()].filter(({ path }) => asked === '' || path === asked || path.startsWith(`${asked}/`));
    const folders = new Set(asked === '' ? [part] : []);
    for (const file of found) {
      const names = file.path.split('/').slice(0, -1);
      for (const [depth] of names.entries()) {
        const folder = names.slice(0, depth + 1).join('/');
        if (asked === '' || folder === asked || folder.startsWith(`${asked}/`)) folders.add(`${part}/${folder}`);
      }
    }
    for (const path of folders) yield { path, kind: 'folder', mode: 0o700, size: 0, content: chunks() };
    for (const { path, content, mode } of found) {
      const bytes = Buffer.from(content);
      yield { path: `${part}/${path}`, kind: 'file', mode, size: bytes.length, content: chunks(bytes) };
    }
  }
}

async function* chunks(...bytes: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bytes;
}
