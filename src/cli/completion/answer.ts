import type { CompletionSources } from '../../ports/completion-sources.ts';
import { readBashLine } from './bash-line.ts';
import type { Candidate, Offer } from './candidate.ts';
import { offerAt } from './offer-at.ts';
import type { Shell } from './shells.ts';
import type { UsageEntry } from './usage-table.ts';

type PrefixedOffer = Offer & { readonly prefix: string };

/**
 * The answer to a shell's `nodectl __complete SHELL -- WORDS…`: a first line `words`, or `files` where the shell shall offer its own,
 * then a candidate a line as that shell takes it. WORDS are those after `nodectl` up to the cursor; of bash COMP_WORDBREAKS and the
 * line instead, since bash cuts words at `=` and keeps their quotes; fish keeps those of the last word. '' where the question is not understood. Nothing typed is expanded.
 */
export async function completionAnswer(
  [shell, , ...given]: readonly string[],
  sources: CompletionSources,
  table: readonly UsageEntry[],
): Promise<string> {
  if (shell === 'bash') return bashAnswer(given[1] ?? '', given[0] ?? '', sources, table);
  const format = FORMATS[shell as Exclude<Shell, 'bash'>];
  if (format === undefined) return '';
  const words = shell === 'fish' ? [...given.slice(0, -1), ...readBashLine(given.at(-1) ?? '', '').words] : given;
  const offer = await offerAt(words, sources, table);
  const typed = (words.at(-1) ?? '').slice(offer.prefix.length);
  return text(
    offer,
    typed,
    offer.candidates.map((candidate) => format(candidate, offer.prefix)),
    shell === 'zsh' ? offer.prefix : '',
  );
}

/** bash takes what it is given: what does not fit is left out here, and what stays of the word too. */
async function bashAnswer(line: string, breaks: string, sources: CompletionSources, table: readonly UsageEntry[]): Promise<string> {
  const { words, kept, redirects } = readBashLine(line, breaks);
  if (redirects) return 'files \n';
  const typed = words.at(-1) ?? '';
  const offer: PrefixedOffer = await offerAt(words.slice(1), sources, table);
  const whole = offer.candidates.map(({ value }) => offer.prefix + value).filter((value) => value.startsWith(typed));
  return text(
    offer,
    typed.slice(offer.prefix.length),
    whole.map((value) => value.slice(kept)),
    '',
  );
}

const FORMATS: Readonly<Record<Exclude<Shell, 'bash'>, (candidate: Candidate, prefix: string) => string>> = {
  // Of _describe: a colon ends the word.
  zsh: ({ value, description }) => value.replace(/[\\:]/g, '\\$&') + (description === '' ? '' : `:${description}`),
  fish: ({ value, description }, prefix) => `${prefix}${value}${description === '' ? '' : `\t${description}`}`,
};

/** A path is meant where nothing else that fits begins as what is typed. */
function text({ candidates, files }: Offer, typed: string, lines: readonly string[], prefix: string): string {
  const isFile = files && !candidates.some(({ value }) => value.startsWith(typed));
  return isFile ? `files ${prefix}\n` : [`words ${prefix}`, ...lines, ''].join('\n');
}
