import type { CompletionSources } from '../../ports/completion-sources.ts';
import type { OptionUsage } from '../command.ts';
import { findEntry } from '../find-entry.ts';
import { type Candidate, NOTHING, type Offer } from './candidate.ts';
import { commandWords } from './command-words.ts';
import { namesOf } from './option-words.ts';
import { type Place, placeOf } from './place.ts';
import type { UsageEntry } from './usage-table.ts';
import { valueWords } from './value-words.ts';

const HELP: Candidate = { value: 'help', description: 'show help for a command' };
const ROOT_OPTIONS = [
  { flags: '-V, --version', help: 'print the version' },
  { flags: '-h, --help', help: 'show help' },
];

/**
 * What may stand in the place of `typed`, the last of the words after `nodectl`, with the prefix (`--network=`) that stays. The
 * candidates are all that fit the place, whatever is typed of them: each shell has its own way to match.
 */
export async function offerAt(
  words: readonly string[],
  sources: CompletionSources,
  table: readonly UsageEntry[],
): Promise<Offer & { readonly prefix: string }> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const asksHelp = before[0] === 'help';
  const entry = findEntry(before, table);
  if (asksHelp || entry === undefined) {
    const path = asksHelp ? before.slice(1) : before;
    const commands = commandWords(path, table);
    if (typed.startsWith('-'))
      return {
        ...found(commands.length > 0 && !asksHelp ? optionWords(typed, path.length === 0 ? ROOT_OPTIONS : ROOT_OPTIONS.slice(1)) : []),
        prefix: '',
      };
    return { ...found(before.length === 0 ? [...commands, HELP] : commands), prefix: '' };
  }
  const command = await entry.load();
  const place = placeOf(command, before.slice(entry.name.split(' ').length), typed);
  if (place.kind === 'word') return { ...(await wordOffer(place, typed, sources)), prefix: '' };
  return { ...(await valueWords(place.option.completes, sources)), prefix: place.prefix };
}

async function wordOffer(place: Extract<Place, { kind: 'word' }>, typed: string, sources: CompletionSources): Promise<Offer> {
  if (typed.startsWith('-')) return found(optionWords(typed, place.options));
  const { candidates, files } = place.argument === undefined ? NOTHING : await valueWords(place.argument.completes, sources);
  const left = candidates.filter(({ value }) => !place.given.includes(value));
  // Where nobody can foresee a word, the options are what there is to say.
  return left.length === 0 && !files && typed === '' ? found(optionWords('--', place.options)) : { candidates: left, files };
}

/** By their long names, and by their short ones where no second dash excludes them. */
function optionWords(typed: string, options: readonly OptionUsage[]): readonly Candidate[] {
  return options.flatMap((option) =>
    namesOf(option)
      .toReversed()
      .filter((name) => name.startsWith('--') || !typed.startsWith('--'))
      .map((value) => ({ value, description: option.help })),
  );
}

function found(candidates: readonly Candidate[]): Offer {
  return { candidates, files: false };
}
