import type { Check } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { chooseChecks } from './choose-checks.ts';

/** What doctor could look at. */
export interface CheckList {
  readonly checks: readonly Pick<Check, 'id' | 'looksAt' | 'question'>[];
}

/** The checks that words name, all without a word. USAGE as chooseChecks. */
export function listChecks(words: readonly string[]): CheckList {
  return { checks: chooseChecks(words, CHECKS).map(({ id, looksAt, question }) => ({ id, looksAt, question })) };
}
