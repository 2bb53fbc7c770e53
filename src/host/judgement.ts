import type { Observed, Remedy } from '../finding.ts';
import type { Judgement } from './check.ts';

type Plain = (read: readonly Observed[], meaning: string) => Judgement;
type Ill = (read: readonly Observed[], meaning: string, remedy: Remedy, how?: { readonly fixable: boolean }) => Judgement;

/** As it should be. */
export const ok: Plain = (read, meaning) => ({ severity: 'ok', read, meaning, remedy: null, fixable: false });

/** Worth knowing, nothing to do. */
export const info: Plain = (read, meaning) => ({ severity: 'info', read, meaning, remedy: null, fixable: false });

/** Could not be seen or understood; a remedy tells how it could be. */
export const unknown = (read: readonly Observed[], meaning: string, remedy: Remedy | null = null): Judgement => ({
  severity: 'unknown',
  read,
  meaning,
  remedy,
  fixable: false,
});

/** Will hurt under load or later. */
export const warn: Ill = (read, meaning, remedy, how) => ({ severity: 'warn', read, meaning, remedy, fixable: how?.fixable ?? false });

/** Hurts now, or stops a node from starting. */
export const fail: Ill = (read, meaning, remedy, how) => ({ severity: 'fail', read, meaning, remedy, fixable: how?.fixable ?? false });

/** A remedy in words, with its commands. */
export function remedy(text: string, ...commands: readonly string[]): Remedy {
  return { text, commands };
}
