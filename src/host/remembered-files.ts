import type { FileText, HostFiles } from '../ports/host-files.ts';

/** The same files, each read once: many checks read a few of them, and so they all judge the same moment. */
export function rememberedFiles(files: HostFiles): HostFiles {
  const texts = new Map<string, FileText>();
  return {
    ...files,
    read(path, limit) {
      const key = `${limit ?? ''} ${path}`;
      const known = texts.get(key);
      if (known !== undefined) return known;
      const text = files.read(path, limit);
      texts.set(key, text);
      return text;
    },
  };
}
