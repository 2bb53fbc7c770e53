import type { TerminalSize } from '../../../ports/session.ts';
import { chainRows } from './chain-rows.ts';
import { fitRows, type Parts, type Weighed } from './fit-rows.ts';
import { headLines, sentence } from './head-lines.ts';
import { type Line, lineText, lineWidth, type ViewStyle } from './line.ts';
import { type Row, rowLine } from './row.ts';
import { useRows } from './use-rows.ts';
import { SPAN_MS, type View } from './view.ts';

/** From here on the chain and the limits stand beside each other. */
const TWO_PANELS = 120;
const BETWEEN = 4;
/** From here on news bear their second. */
const WITH_SECONDS = 50;

const BLANK: Parts[number] = [[{ line: [], weight: 10 }]];

/** The screen at one instant: at most `rows` lines, none wider than `columns`. Where they are few, what matters least is left out. */
export function viewLines(view: View, { columns, rows }: TerminalSize, style: ViewStyle): readonly string[] {
  const beside = columns >= TWO_PANELS;
  const width = beside ? Math.floor((columns - BETWEEN) / 2) : columns;
  const frame = { width, now: view.now, spanMs: SPAN_MS, style };
  const drawn = (found: readonly Row[]): readonly Weighed[] => found.map((row) => ({ line: rowLine(row, frame), weight: row.weight }));
  const chain = drawn(chainRows(view.samples, view.now));
  const use = drawn(useRows(view.samples));
  const below = [...warningLines(view, columns, style), ...newsLines(view.news.slice(-rows), columns)];
  const parts: Parts = [[headLines(view, columns, style)], ...(beside ? [[chain, use]] : [[chain], [use]]), [below]];
  const filled = parts.filter((panels) => panels.some((lines) => lines.length > 0));
  const spaced = filled.flatMap((part, at) => (at === 0 ? [part] : [BLANK, part]));
  const lines = fitRows(spaced, rows).flatMap((panels) => joined(panels, width + BETWEEN, style));
  return lines.slice(0, rows).map((line) => lineText(line, columns, style));
}

/** The lines of panels that stand beside each other, each panel `width` wide. */
function joined(panels: Parts[number], width: number, style: ViewStyle): readonly Line[] {
  const height = Math.max(...panels.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    panels.flatMap((lines, at) => {
      const line = lines[row]?.line ?? [];
      return at === panels.length - 1 ? line : [...line, { text: ' '.repeat(Math.max(0, width - lineWidth(line, style))) }];
    }),
  );
}

function warningLines({ samples }: View, columns: number, style: ViewStyle): readonly Weighed[] {
  const sample = samples.at(-1);
  if (sample === undefined) return [];
  const warnings = sample.warnings.flatMap(({ text }) => sentence(`! ${text}`, 'yellow', { columns, weight: 1, style }));
  return [...warnings, ...sample.status.notes.map((note) => ({ line: [{ text: note, tone: 'dim' as const }], weight: 9 }))];
}

/** Oldest first; of them the newest stay the longest. */
function newsLines(news: View['news'], columns: number): readonly Weighed[] {
  return news.map(({ time, text }, at) => ({
    line: [{ text: `${clock(time, columns)}  `, tone: 'dim' }, { text }],
    weight: 5 + Math.min(4, news.length - at),
  }));
}

function clock(time: number, columns: number): string {
  return `${new Date(time).toISOString().slice(11, columns >= WITH_SECONDS ? 19 : 16)}Z`;
}
