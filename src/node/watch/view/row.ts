import { padded, widthOf } from './cell-width.ts';
import { bar, type Course, sparkline } from './gauge.ts';
import { type Line, lineWidth, type Span, shown, type Tone, type ViewStyle } from './line.ts';

/** A named fact. */
export interface Row {
  readonly label: string;
  /** At most six cells, for narrow terminals; left out, the label is as short. */
  readonly short?: string;
  /** A bar: 0 to 1; null for a place without one, left out where none belongs. */
  readonly share?: number | null;
  readonly tone?: Tone | undefined;
  /** A sparkline. */
  readonly course?: Course | undefined;
  /** The same fact from its longest words to its shortest. */
  readonly texts: readonly string[];
  /** How soon it is left out where rows are few: what is 0 stays the longest. */
  readonly weight: number;
}

/** The cells of each part of a row, for rows of that width. */
interface Columns {
  readonly label: number;
  readonly bar: number;
  readonly course: number;
}

const COLUMNS: readonly (readonly [atLeast: number, Columns])[] = [
  [100, { label: 11, bar: 24, course: 30 }],
  [70, { label: 11, bar: 16, course: 15 }],
  [54, { label: 11, bar: 10, course: 10 }],
  [34, { label: 8, bar: 6, course: 0 }],
  [0, { label: 7, bar: 0, course: 0 }],
];
/** From here on labels are whole words. */
const WHOLE_LABELS = 54;
/** Words cut to fewer cells say nothing. */
const LEAST_TEXT = 12;

/** What a row is drawn with. */
export interface RowFrame {
  readonly width: number;
  readonly now: number;
  /** The time that a sparkline shows. */
  readonly spanMs: number;
  readonly style: ViewStyle;
}

/** A row as a line of at most `width` cells: its longest words that leave room for bar and sparkline, which begin at one column. */
export function rowLine(row: Row, frame: RowFrame): Line {
  const { width, style } = frame;
  const columns = (COLUMNS.find(([atLeast]) => width >= atLeast) as (typeof COLUMNS)[number])[1];
  const label = width >= WHOLE_LABELS ? row.label : (row.short ?? row.label);
  const head: Span = { text: `${padded(shown(label, style), columns.label - 1)} `, tone: 'dim' };
  const gauges = [head, ...gaugeSpans(row, columns, frame)];
  const begin = width - lineWidth(gauges, style) >= LEAST_TEXT ? gauges : [head];
  const room = width - lineWidth(begin, style);
  const text = row.texts.find((words) => widthOf(shown(words, style)) <= room) ?? row.texts.at(-1) ?? '';
  return [...begin, { text, tone: row.share === undefined ? row.tone : undefined }];
}

function gaugeSpans({ share, course, tone }: Row, columns: Columns, { now, spanMs, style }: RowFrame): readonly Span[] {
  const drawn = (cells: number): Span[] =>
    course === undefined ? [{ text: ' '.repeat(cells) }] : [{ text: sparkline(course, cells, { now, spanMs }, style), tone: 'cyan' }];
  const gap = { text: ' ' };
  if (columns.bar === 0 || (share === undefined && course === undefined)) return [];
  // Without a bar the course takes its place too.
  if (share === undefined) return [...drawn(columns.bar + (columns.course > 0 ? columns.course + 1 : 0)), gap];
  const barred = [{ text: bar(share, columns.bar, style), tone: tone ?? 'cyan' }, gap];
  return columns.course === 0 ? barred : [...barred, ...drawn(columns.course), gap];
}
