import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What no program reads at run time: types, maps, sources of native code and what they were built from. */
const DEAD_FILES = /\.(?:d\.[cm]?ts|map|md|markdown|cc?|cpp|hh?|hpp|asm|S|o|a|gyp|gypi|tgz|ts)$/;
const LICENCE = /^(?:licen[cs]e|notice|copying)/i;
const DEAD_FOLDERS = new Set([
  '.bin',
  '.cache',
  'docs',
  'doc',
  'test',
  'tests',
  '__tests__',
  'example',
  'examples',
  'typings',
  'obj.target',
]);
/** Binaries for other systems: the name tells the system and the processor. */
const FOREIGN = /(?:darwin|win32|freebsd|android)/;

/** The files of installed packages that an image needs, relative to the folder, in a fixed order. Links are left out. */
export function packageFiles(folder: string, architecture: string): readonly string[] {
  const foreign = (name: string) =>
    FOREIGN.test(name) || (/linux-(?:x64|arm64|arm|ia32)/.test(name) && !name.includes(`linux-${architecture}`));
  const walk = (below: string): string[] =>
    readdirSync(join(folder, below), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) return DEAD_FOLDERS.has(entry.name) || foreign(entry.name) ? [] : walk(path);
        return entry.isFile() && isNeeded(entry.name) ? [path] : [];
      });
  const isNeeded = (name: string) => LICENCE.test(name) || (!DEAD_FILES.test(name) && !(name.endsWith('.node') && foreign(name)));
  return walk('');
}
