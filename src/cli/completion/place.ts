import type { ArgumentUsage, OptionUsage } from '../command.ts';
import { COMMON_OPTIONS, namesOf, takesValue } from './option-words.ts';
import type { Usage } from './usage-table.ts';

/** Where a word stands that is being typed after a command. */
export type Place =
  | {
      readonly kind: 'value';
      readonly option: OptionUsage;
      /** `--network=` where option and value are one word, else ''. */
      readonly prefix: string;
    }
  | {
      readonly kind: 'word';
      /** The argument that would stand here; undefined where none is left. */
      readonly argument: ArgumentUsage | undefined;
      /** The arguments before it. */
      readonly given: readonly string[];
      /** The options that may still come: not those given already, except repeatable ones, and none after `--`. */
      readonly options: readonly OptionUsage[];
    };

/** Reads the words between a command and the word that is being typed as commander will. */
export function placeOf(command: Usage, before: readonly string[], typed: string): Place {
  const known = [...command.options, ...COMMON_OPTIONS];
  const used = new Set<OptionUsage>();
  const given: string[] = [];
  const rest: string[] = [];
  let open: OptionUsage | undefined;
  let ended = false;
  for (const word of before) {
    if (open !== undefined) open = undefined;
    else if (!ended && word === '--') ended = true;
    else if (ended) rest.push(word);
    else if (!word.startsWith('-') || word === '-') given.push(word);
    else {
      const options = optionsIn(word, known);
      for (const option of options) used.add(option);
      open = waitsForValue(word, options.at(-1)) ? options.at(-1) : undefined;
    }
  }
  if (open !== undefined) return { kind: 'value', option: open, prefix: '' };
  const prefix = ended ? '' : (/^--[\w-]+=/.exec(typed)?.[0] ?? '');
  const [named] = optionsIn(prefix, known);
  if (named !== undefined && takesValue(named)) return { kind: 'value', option: named, prefix };
  const dashed = command.arguments.find(({ afterDashes }) => afterDashes === true);
  if (ended && dashed !== undefined) return { kind: 'word', argument: dashed, given: rest, options: [] };
  const plain = command.arguments.filter((argument) => argument !== dashed);
  const all = [...given, ...rest];
  const options = ended ? [] : known.filter((option) => option.repeatable === true || !used.has(option));
  return { kind: 'word', argument: argumentAt(plain, all.length), given: all, options };
}

/** `--yes`, `--network=dev`, `-y`, or several letters in one word. */
function optionsIn(word: string, known: readonly OptionUsage[]): readonly OptionUsage[] {
  const find = (name: string) => known.filter((option) => namesOf(option).includes(name));
  if (word.startsWith('--')) return find(word.split('=')[0] as string);
  const found: OptionUsage[] = [];
  for (const letter of word.slice(1)) {
    found.push(...find(`-${letter}`));
    if (found.some(takesValue)) break;
  }
  return found;
}

function waitsForValue(word: string, option: OptionUsage | undefined): boolean {
  if (option === undefined || !takesValue(option)) return false;
  return namesOf(option).some((name) => (name.startsWith('--') ? name === word : word.endsWith(name.slice(1)) && !word.startsWith('--')));
}

function argumentAt(all: readonly ArgumentUsage[], index: number): ArgumentUsage | undefined {
  const last = all.at(-1);
  return all[index] ?? (last?.usage.includes('...') ? last : undefined);
}
