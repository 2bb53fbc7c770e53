import { styleText } from 'node:util';

type Tone = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colour that is plain text where colour is off (no terminal, NO_COLOR, CI, --json). */
export interface Style {
  paint(tone: Tone, text: string): string;
}

export const PLAIN: Style = { paint: (_tone, text) => text };

/** The caller has decided for colour: Node shall not look at standard output again. */
export const COLOURED: Style = { paint: (tone, text) => styleText(tone, text, { validateStream: false }) };
