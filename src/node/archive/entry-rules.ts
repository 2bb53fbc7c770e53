import type { TreeEntry } from '../../ports/volume-tree.ts';

/** Linux's PATH_MAX. */
const LONGEST = 4096;
const LONGEST_NAME = 255;

/**
 * Judges the entries of one archive, in order: why one must not be unpacked, undefined where it may be. Whoever made the archive
 * may be anybody: only files and folders below the parts that it announced, each once.
 */
export function entryJudge(parts: readonly string[]): (entry: Pick<TreeEntry, 'path' | 'kind'>) => string | undefined {
  const seen = new Map<string, TreeEntry['kind']>();
  return ({ path, kind }) => {
    const problem = unsafeKind(kind) ?? unsafePath(path, parts) ?? clash(path, kind, seen);
    if (problem === undefined) seen.set(path, kind);
    return problem;
  };
}

function unsafeKind(kind: TreeEntry['kind']): string | undefined {
  return kind === 'other' ? 'is a link, a device or something else that is neither file nor folder' : undefined;
}

function unsafePath(path: string, parts: readonly string[]): string | undefined {
  const names = path.split('/');
  if (path.startsWith('/')) return 'has an absolute path';
  if (names.some((name) => name === '..' || name === '.' || name === '')) return 'has a path that leads elsewhere';
  if (/[\p{Cc}\\]/u.test(path)) return 'has a name with control characters or a backslash';
  if (path.length > LONGEST || names.some((name) => name.length > LONGEST_NAME)) return 'has a path that is too long';
  if (!parts.includes(names[0] ?? '')) return 'belongs to no part of the node';
  return undefined;
}

/** What is there twice, or lies below a file, would be unpacked one over the other. */
function clash(path: string, kind: TreeEntry['kind'], seen: ReadonlyMap<string, TreeEntry['kind']>): string | undefined {
  if (seen.has(path)) return 'is there twice';
  if (kind === 'file' && !path.includes('/')) return 'is a file where a volume begins';
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (seen.get(path.slice(0, end)) === 'file') return 'lies below a file';
  }
  return undefined;
}
