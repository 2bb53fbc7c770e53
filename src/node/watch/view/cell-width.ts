/** What is sure to take one cell. */
const NARROW = /^[\u0020-\u007e]*$/;
/** Marks that stand on the character before them; the sign that makes a symbol an emoji is none, since it widens it. */
const ON_ANOTHER = /^(?!\ufe0f)[\p{Mn}\p{Me}]$/u;
/** East Asian Wide and Fullwidth (Unicode's EastAsianWidth.txt), blocks taken whole: too wide leaves a gap, too narrow would wrap. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d37f}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;
/** A character may bear so many marks on average; a text of nothing but marks ends somewhere too. */
const MOST_PER_CELL = 4;

/** The cells of a terminal that a text without control characters takes, at most. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells;
}

/** The text if it takes no more than `cells`, else its beginning and `mark`. */
export function cut(text: string, cells: number, mark: string): string {
  if (text.length <= cells * MOST_PER_CELL && widthOf(text) <= cells) return text;
  const room = cells - widthOf(mark);
  return room < 0 ? '' : `${text.slice(0, beginning(text, room))}${mark}`;
}

/** The text in lines of at most `cells`, broken between words where they fit. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '' && widthOf(rest) > cells) {
    // A character wider than a line has to be left out, or nothing would ever end.
    const most = beginning(rest, cells) || [...rest].slice(0, 1).join('').length;
    const space = rest.lastIndexOf(' ', most);
    const end = space > 0 ? space : most;
    const line = rest.slice(0, end).trimEnd();
    if (widthOf(line) <= cells) lines.push(line);
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? lines : [...lines, rest];
}

/** With spaces after it, at least `cells` wide. */
export function padded(text: string, cells: number): string {
  return `${text}${' '.repeat(Math.max(0, cells - widthOf(text)))}`;
}

function cellsOf(character: string): number {
  if (ON_ANOTHER.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** How much of a text fits: an index into it. */
function beginning(text: string, cells: number): number {
  let end = 0;
  let used = 0;
  let left = cells * MOST_PER_CELL;
  for (const character of text) {
    used += cellsOf(character);
    left -= 1;
    if (used > cells || left < 0) break;
    end += character.length;
  }
  return end;
}
