import { shellLine } from '../../host/shell-word.ts';
import { flagRange } from '../../node/geth-rules/flag-versions.ts';
import { RENAMED_FLAGS } from '../../node/geth-rules/renamed-flags.ts';
import { rangeText } from '../../node/geth-rules/version-rows.ts';
import { commandsFor, programOf, sizeWord } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

/** Prysm ends with 0 after words that it does not know. */
const CODES = [0, 1, 2, 64];

/** The option in the words of geth's flag parser. */
const FLAG = /(?:not defined: |for flag |argument: )--?([a-z0-9][a-z0-9._-]{0,60})/i;
const NOT_THERE = /not defined/;

export const refusedFlag: Rule = {
  id: 'refused.flag',
  code: 24,
  finds: 'it was given an option that this version does not have, or a value that it does not take',
  judge(evidence) {
    const cause = logCause(evidence, ['bad-flag'], CODES);
    if (cause === undefined) return undefined;
    const flag = FLAG.exec(cause.first.text)?.[1];
    const geths = evidence.role === 'execution' ? flag : undefined;
    const version = evidence.gethVersion === null ? programOf(evidence) : `geth ${evidence.gethVersion}`;
    const range = geths === undefined ? undefined : flagRange(geths);
    const renamed = geths === undefined ? undefined : RENAMED_FLAGS.get(geths);
    const of = range === undefined ? '' : `: it is one of ${rangeText(range)}`;
    const named = renamed === undefined ? 'Leave it out' : `It is called --${renamed} now`;
    return {
      confidence: cause.confidence,
      meaning: NOT_THERE.test(cause.first.text)
        ? `${version} has no option ${flag === undefined ? 'of such a name' : `--${flag}`}${of}.`
        : `${version} does not take what ${flag === undefined ? 'it was told' : `--${flag} says`}: ${cause.first.meaning}`,
      supports: cause.supports,
      doubts: [],
      remedies: [
        {
          text: NOT_THERE.test(cause.first.text) ? `${named}, or use a version that has it.` : 'Correct it, or leave it out.',
          commands: commandsWith(evidence, keptWords(evidence.spec?.extra ?? [], flag, renamed)),
        },
      ],
    };
  },
};

/** Words of one's own stay with a node until others take their place; to have none takes a container that is made anew. */
function commandsWith(evidence: CaseEvidence, words: readonly string[]): readonly string[] {
  const { node, spec, role } = evidence;
  if (node === null || spec === null || role !== 'execution') return [];
  if (words.length > 0) return commandsFor(evidence).up(`-- ${shellLine(words)}`);
  const limits = `--memory ${sizeWord(spec.memory)} --swap ${sizeWord(spec.swap)} --cpus ${spec.cpus}`;
  return [`nodectl down ${node}`, ...commandsFor(evidence).up(limits)];
}

/** The person's own words for geth without the one that is refused, or with its new name. */
function keptWords(extra: readonly string[], flag: string | undefined, renamed: string | undefined): readonly string[] {
  const isIt = (word: string | undefined) =>
    flag !== undefined && word !== undefined && new RegExp(`^--?${escaped(flag)}(?:=|$)`).test(word);
  return extra.flatMap((word, index) => {
    if (isIt(word)) return renamed === undefined ? [] : [word.replace(/^--?[^=]*/, `--${renamed}`)];
    const isValue = isIt(extra[index - 1]) && !word.startsWith('-') && renamed === undefined;
    return isValue ? [] : [word];
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
