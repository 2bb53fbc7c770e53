import { withoutOctalEscapes } from './octal-escapes.ts';

/** One swap area that is in use; sizes in bytes. */
export interface SwapArea {
  readonly path: string;
  /** `deleted`: the file is unlinked but still in use. `zram`: compressed memory, not more of it. */
  readonly kind: 'file' | 'partition' | 'zram' | 'deleted';
  readonly size: number;
  readonly used: number;
  readonly priority: number;
}

const LINE = /^(\S+)\s+(file|partition)\s+(\d{1,15})\s+(\d{1,15})\s+(-?\d{1,9})\s*$/;
const DELETED = ' (deleted)';

/** /proc/swaps, whose sizes are in units of 1024; lines of another shape are passed over. */
export function parseSwaps(text: string): readonly SwapArea[] {
  return text.split('\n').flatMap((line): readonly SwapArea[] => {
    const [, name, kind, size, used, priority] = LINE.exec(line) ?? [];
    if (name === undefined) return [];
    const path = withoutOctalEscapes(name);
    const area = { size: Number(size) * 1024, used: Number(used) * 1024, priority: Number(priority) };
    if (path.endsWith(DELETED)) return [{ ...area, path: path.slice(0, -DELETED.length), kind: 'deleted' }];
    if (/^\/dev\/(?:block\/)?zram\d+$/.test(path)) return [{ ...area, path, kind: 'zram' }];
    return [{ ...area, path, kind: kind as 'file' | 'partition' }];
  });
}
