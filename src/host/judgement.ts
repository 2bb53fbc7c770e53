import type { Observed, Remedy, Severity } from '../finding.ts';
import { printable } from '../node/printable.ts';
import type { FileText } from '../ports/host-files.ts';
import type { Judgement } from './check.ts';

const LONGEST_VALUE = 120;

/** A judgement after which nothing has to be done. */
export function calm(severity: 'ok' | 'info' | 'unknown', meaning: string, read: readonly Observed[]): Judgement {
  return { severity, read, meaning, remedy: null, fixable: false };
}

/** A judgement that somebody should act on; `fixable` where `doctor --fix` can. */
export function harm(
  severity: Severity & ('warn' | 'fail'),
  meaning: string,
  read: readonly Observed[],
  remedy: Remedy,
  fixable = false,
): Judgement {
  return { severity, read, meaning, remedy, fixable };
}

/** What stood in a file as a finding shows it: its text on one line and cut short, or why there is none. */
export function seen(path: string, file: FileText): Observed {
  return { source: path, value: 'failure' in file ? file.failure : printable(file.text.slice(0, LONGEST_VALUE * 4), LONGEST_VALUE) };
}
