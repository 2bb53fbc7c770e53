import type { FakeContainer, FakeFile } from './fake-container.ts';
import type { ProgramView } from './fake-program.ts';
import type { FakeVolume } from './fake-store.ts';

/** What a program in this container sees of files and their owners. */
export function fakeView(container: FakeContainer, volumes: ReadonlyMap<string, FakeVolume>): ProgramView {
  const place = (path: string): { files: ReadonlyMap<string, FakeFile>; path: string; root: string } => {
    const mount = container.spec.mounts.find(({ target }) => `${path}/`.startsWith(`${target}/`));
    const volume = mount && volumes.get(mount.volume);
    if (!mount || !volume) return { files: container.files, path, root: '0:0 755' };
    return { files: volume.files, path: path.slice(mount.target.length + 1), root: volume.owner };
  };
  const content = (wanted: string) => {
    const { files, path } = place(wanted);
    const file = files.get(path);
    return file && Buffer.from(file.content);
  };
  return {
    owner(wanted) {
      const { files, path, root } = place(wanted);
      if (path === '') return root;
      const file = files.get(path);
      if (file) return `${file.uid}:${file.gid} ${file.mode.toString(8)}`;
      const below = [...files.values()].find((other) => other.path.startsWith(`${path}/`));
      return below ? `${below.uid}:${below.gid} 700` : root;
    },
    text: (wanted) => content(wanted)?.toString(),
    hex: (wanted) => content(wanted)?.toString('hex'),
    writable: (wanted) => container.spec.mounts.some(({ target, readOnly }) => wanted.startsWith(`${target}/`) && !readOnly),
  };
}
