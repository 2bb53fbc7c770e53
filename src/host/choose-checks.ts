import { NodectlError } from '../errors.ts';
import { nearestWord } from '../node/nearest-word.ts';
import type { Check } from './check.ts';

/** The checks that words name, by id or by the group before the dot; all without a word. USAGE for a word that names none. */
export function chooseChecks(words: readonly string[], all: readonly Check[]): readonly Check[] {
  if (words.length === 0) return all;
  const unknown = words.find((word) => !all.some((check) => isMeant(check, word)));
  if (unknown === undefined) return all.filter((check) => words.some((word) => isMeant(check, word)));
  const near = nearestWord(unknown, checkWords(all));
  throw new NodectlError('USAGE', `There is no check ${JSON.stringify(unknown.slice(0, 40))}.`, {
    hint: near === undefined ? 'List them with `nodectl doctor --list`.' : `Did you mean ${near}? \`nodectl doctor --list\` shows all.`,
  });
}

/** Every word that names one or several of the checks. */
export function checkWords(all: readonly Check[]): readonly string[] {
  return [...all.map(({ id }) => id), ...new Set(all.map(groupOf))];
}

/** The word before the dot of a check's or a finding's id. */
export function groupOf({ id }: { readonly id: string }): string {
  return id.split('.')[0] as string;
}

function isMeant(check: Check, word: string): boolean {
  return check.id === word || groupOf(check) === word;
}
