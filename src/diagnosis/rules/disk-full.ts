import { programOf } from '../commands.ts';
import { diskIsFull, diskLines, unsaidWriteFailures } from '../disk-evidence.ts';
import { diskRemedies } from '../disk-remedies.ts';
import { exitLine, line, logLine, stateLine } from '../evidence-lines.ts';
import { lastWords, logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf, startFailure } from '../run-phase.ts';

/** What a full disk makes of a program that maps its files, beside an error of its own. */
const CODES = [1, 2, 135];
const NO_SPACE = /no space left on device|disk quota exceeded/i;

export const diskFull: Rule = {
  id: 'disk.full',
  code: 25,
  finds: 'its disk or its quota was full, and it could not write',
  judge(evidence) {
    const failure = startFailure(evidence);
    const remedies = diskRemedies(evidence);
    if (failure !== undefined && NO_SPACE.test(failure)) {
      const supports = [stateLine(evidence, 'State.Error', failure), ...diskLines(evidence)];
      return { confidence: 'certain', meaning: 'The engine could not start it: its own disk is full.', supports, doubts: [], remedies };
    }
    const meaning = `No space was left for the database of ${programOf(evidence)}, and it ended.`;
    const cause = logCause(evidence, ['disk-full'], CODES);
    if (cause !== undefined) {
      return { confidence: cause.confidence, meaning, supports: [...cause.supports, ...diskLines(evidence)], doubts: [], remedies };
    }
    const unsaid = unsaidWriteFailures(evidence).map((said) => logLine(said, evidence.role));
    if (unsaid.length > 0) {
      const supports = [...unsaid.slice(0, 2), exitLine(evidence)];
      const full = diskIsFull(evidence);
      return {
        confidence: full ? 'certain' : 'likely',
        meaning,
        supports: full ? [...supports, ...diskLines(evidence)] : supports,
        doubts: full ? [] : [line("geth's log", 'the panic does not say why it could not write'), ...diskLines(evidence)],
        remedies,
      };
    }
    // Written to, a mapped file for which there is no room raises SIGBUS, and says nothing of space.
    const bus = lastWords(evidence, ['panic', 'signal']).filter(({ text }) => /SIGBUS|bus error|unexpected fault/i.test(text));
    if (!diskIsFull(evidence) || (bus.length === 0 && endOf(evidence)?.code !== 135)) return undefined;
    const supports = [...bus.slice(0, 2).map((said) => logLine(said, evidence.role)), exitLine(evidence), ...diskLines(evidence)];
    return { confidence: 'certain', meaning, supports, doubts: [], remedies };
  },
};
