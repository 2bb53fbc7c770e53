import { UNPRINTABLE } from '../../node/printable.ts';
import { REDACTIONS } from './redactions.ts';

/** What a bundle tells of where its peers, and this machine, are. `hash` = the same name for the same thing, in this bundle alone. */
export interface BundlePolicy {
  readonly ips: 'keep' | 'hash';
  readonly enodes: 'keep' | 'hash';
}

export interface RedactorParts {
  readonly policy: BundlePolicy;
  /** A short name for a text, the same for the same text; nobody without the bundle's salt can find the text for it. */
  pseudonym(kind: string, text: string): string;
  /** Secrets that are known as such, and are left out wherever they stand. */
  readonly secrets: readonly string[];
  /** What looks like a secret and is none: ids of containers and images. */
  readonly keep: readonly string[];
}

/** Texts made fit to be given away. */
export interface Redactor {
  /** Without control characters; each line by itself. */
  text(text: string): string;
  /** How often something was left out, by kind, since the last call. */
  takeCounts(): Readonly<Record<string, number>>;
}

/** A held piece is one character that no other text can have: its plane is unprintable, and what is so is taken out first. */
const FIRST_HELD = 0xf0000;
const HELD = /[\u{f0000}-\u{ffffd}]/gu;
const MOST_HELD = 60_000;
/** More of a line is not read; a line of geth has a few hundred. */
const MOST_OF_LINE = 16_384;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins what a terminal takes for itself
const ESCAPES = /\u001b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const KEY_BLOCK = /-----BEGIN [^-\n]{0,60}-----[\s\S]*?(?:-----END [^-\n]{0,60}-----|$)/g;

export function createRedactor(parts: RedactorParts): Redactor {
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const secrets = [...new Set(parts.secrets)].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const keep = [...new Set(parts.keep)].filter((word) => word.length >= 32).sort((a, b) => b.length - a.length);

  let held: string[] = [];
  const hold = (text: string) => (held.length < MOST_HELD ? String.fromCodePoint(FIRST_HELD + held.push(text) - 1) : '***');
  const rows = REDACTIONS.map(({ kind, apply }) => ({ apply, hand: { ...parts, hold, count: () => count(kind) } }));

  const line = (whole: string): string => {
    held = [];
    let text = atWord(whole.includes('\u001b') ? whole.replace(ESCAPES, '') : whole)
      .replace(UNPRINTABLE, ' ')
      .trim();
    for (const secret of secrets) {
      text = text.replaceAll(secret, () => {
        count('known secrets');
        return hold('***');
      });
    }
    for (const word of keep) text = text.replaceAll(word, () => hold(word));
    for (const { apply, hand } of rows) text = apply(text, hand);
    // Held pieces hold no others but where one was held inside another.
    return held.length === 0 ? text : restored(restored(text, held), held);
  };
  return {
    text(text) {
      const whole = text.replace(KEY_BLOCK, () => {
        count('keys');
        return '***';
      });
      return whole.split(/\r?\n/).map(line).join('\n');
    },
    takeCounts() {
      const taken = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
      counts.clear();
      return taken;
    },
  };
}

/** A long line ends before a word that would be torn: half a secret is not recognised as one. */
function atWord(line: string): string {
  if (line.length <= MOST_OF_LINE) return line;
  const end = line.lastIndexOf(' ', MOST_OF_LINE);
  return `${end <= 0 ? '' : line.slice(0, end)} (line of ${line.length} characters cut)`;
}

function restored(text: string, held: readonly string[]): string {
  return text.replace(HELD, (character) => held[(character.codePointAt(0) ?? 0) - FIRST_HELD] ?? '');
}
