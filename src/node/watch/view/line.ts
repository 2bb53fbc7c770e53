import { UNPRINTABLE } from '../../printable.ts';
import { cut, widthOf } from './cell-width.ts';

export type Tone = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** How the terminal is drawn on. */
export interface ViewStyle {
  /** Colour, or the plain text where there shall be none. */
  paint(tone: Tone, text: string): string;
  /** False: nothing but ASCII. */
  readonly unicode: boolean;
}

/** A piece of a line, of anybody's words. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}
export type Line = readonly Span[];

/**
 * A line as it is written: never wider than `columns`, and nothing in it but printable characters and our own colours, whoever wrote
 * the words.
 */
export function lineText(line: Line, columns: number, style: ViewStyle): string {
  let room = columns;
  const pieces: string[] = [];
  for (const { text, tone } of line) {
    const piece = cut(shown(text, style), room, ellipsis(style));
    room -= widthOf(piece);
    pieces.push(tone === undefined || piece.trim() === '' ? piece : style.paint(tone, piece));
    if (room <= 0) break;
  }
  return pieces.join('');
}

/** A text of anybody as this terminal can show it. */
export function shown(text: string, { unicode }: Pick<ViewStyle, 'unicode'>): string {
  const plain = text.replace(UNPRINTABLE, ' ');
  return unicode ? plain : plain.replaceAll('…', '~').replace(/[^ -~]/gu, '?');
}

export function lineWidth(line: Line, style: ViewStyle): number {
  return line.reduce((cells, { text }) => cells + widthOf(shown(text, style)), 0);
}

export function ellipsis({ unicode }: Pick<ViewStyle, 'unicode'>): string {
  return unicode ? '…' : '~';
}
