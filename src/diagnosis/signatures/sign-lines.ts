import type { LogLine } from '../../ports/engine.ts';
import { bodyFilter } from './body-filter.ts';
import { signatureOf } from './sign-line.ts';
import type { SignedLine } from './signature.ts';
import { toldLine } from './told-line.ts';

/** What a run's log tells, whatever its length. */
export interface SignedLog {
  /** Oldest first; of each signature its first and its last lines. */
  readonly signed: readonly SignedLine[];
  /** Oldest first, 40 at most; the most of a stack or a page of help is left out. */
  readonly lastLines: readonly { readonly at: number; readonly text: string }[];
}

/** Reads lines one by one, oldest first, and keeps a bounded part of them. */
export interface LineSigner {
  take(line: LogLine): void;
  told(): SignedLog;
}

const FIRST = 3;
const LAST = 5;
const LAST_LINES = 40;

/** What tells how a line begins stands within this. */
const BEGIN_MOST = 1_000;

interface Kept {
  readonly order: number;
  readonly line: SignedLine;
}

export function lineSigner(): LineSigner {
  const firsts = new Map<string, Kept[]>();
  const lasts = new Map<string, Kept[]>();
  const lastLines: { at: number; text: string }[] = [];
  const isTelling = bodyFilter();
  let order = 0;

  const keep = (line: SignedLine) => {
    const kept = { order: order++, line };
    const first = firsts.get(line.signature) ?? [];
    if (first.length < FIRST) firsts.set(line.signature, [...first, kept]);
    else lasts.set(line.signature, [...(lasts.get(line.signature) ?? []), kept].slice(-LAST));
  };

  return {
    take({ time, text: raw }) {
      if (!isTelling(raw.slice(0, BEGIN_MOST))) return;
      const text = toldLine(raw);
      if (text === '') return;
      const at = Date.parse(time);
      lastLines.push({ at, text });
      if (lastLines.length > LAST_LINES) lastLines.shift();
      const row = signatureOf(raw);
      if (row !== undefined) keep({ signature: row.id, kind: row.kind, meaning: row.meaning, at, text });
    },
    told() {
      const all = [...firsts.values(), ...lasts.values()].flat().toSorted((a, b) => a.order - b.order);
      return { signed: all.map(({ line }) => line), lastLines: [...lastLines] };
    },
  };
}
