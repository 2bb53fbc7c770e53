import { withoutOctalEscapes } from '../kernel/octal-escapes.ts';

/** Our mark among a line's options: mount and swapon ignore options that begin with `x-`. */
const MARK = 'x-nodectl';
/** Marks that also tell how the file was before, so that removing the line gives it back byte for byte. */
const MARK_NEWLINE = `${MARK}.newline`;
const MARK_FILE = `${MARK}.file`;

export interface FstabEdit {
  /** Undefined where there is, or shall be, no file. */
  readonly text: string | undefined;
  readonly changed: boolean;
}

interface Entry {
  readonly line: number;
  readonly marks: readonly string[];
}

/** Whether a line, ours or not, makes this path swap at every boot. */
export function isPersistent(text: string | undefined, path: string): boolean {
  return entries(text ?? '').some((entry) => entry.path === path && !entry.noauto);
}

/** The paths of our own lines, in order. */
export function ownFstabPaths(text: string | undefined): readonly string[] {
  return [...new Set(entries(text ?? '').flatMap((entry) => (entry.marks.length > 0 ? [entry.path] : [])))];
}

/** The line itself, without its end, as fstab(5) wants it. */
export function fstabLine(path: string, mark = MARK): string {
  return `${escaped(path)} none swap sw,nofail,${mark} 0 0`;
}

/** The text with exactly one line that makes the path swap; every other byte stays. Nothing changes where a line, ours or not, does that. */
export function addFstabLine(text: string | undefined, path: string): FstabEdit {
  if (isPersistent(text, path)) return { text, changed: false };
  if (text === undefined) return { text: `${fstabLine(path, MARK_FILE)}\n`, changed: true };
  const ended = text === '' || text.endsWith('\n');
  return { text: `${text}${ended ? '' : '\n'}${fstabLine(path, ended ? MARK : MARK_NEWLINE)}\n`, changed: true };
}

/** The text without our lines for the path; every other byte stays, and what adding had to change is taken back. */
export function removeFstabLine(text: string | undefined, path: string): FstabEdit {
  const own = entries(text ?? '').filter((entry) => entry.path === path && entry.marks.length > 0);
  if (text === undefined || own.length === 0) return { text, changed: false };
  const lines = text.split('\n');
  const left = lines.filter((_, index) => !own.some(({ line }) => line === index));
  const marked = (mark: string) => own.some(({ marks }) => marks.includes(mark));
  const wasLast = own.some(({ line }) => line === lines.length - 2) && lines.at(-1) === '';
  const result = marked(MARK_NEWLINE) && wasLast ? left.slice(0, -1).join('\n') : left.join('\n');
  return { text: marked(MARK_FILE) && result === '' ? undefined : result, changed: true };
}

function entries(text: string): readonly (Entry & { readonly path: string; readonly noauto: boolean })[] {
  return text.split('\n').flatMap((whole, line) => {
    const [source, , type, options = ''] = whole.trim().split(/[ \t]+/);
    if (source === undefined || source === '' || source.startsWith('#') || type !== 'swap') return [];
    const words = options.split(',');
    const marks = words.filter((word) => word === MARK || word.startsWith(`${MARK}.`));
    return [{ line, marks, path: withoutOctalEscapes(source), noauto: words.includes('noauto') }];
  });
}

function escaped(path: string): string {
  return path.replace(/[ \t\\#]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
