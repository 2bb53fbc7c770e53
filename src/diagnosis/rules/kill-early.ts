import { programOf } from '../commands.ts';
import { askedToEnd, endEvents } from '../end-events.ts';
import { eventLine, exitLine } from '../evidence-lines.ts';
import { startAgain } from '../kill-remedies.ts';
import { lastWords } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';

/** How a Go program ends by a signal that it does not listen to yet: 2 as the first process of its container, else 128 and the signal. */
const AT_ONCE: readonly (number | null)[] = [2, 130, 143];

export const killEarly: Rule = {
  id: 'kill.early',
  code: 22,
  finds: 'it was asked to stop before it listened to signals, which ended it at once',
  judge(evidence) {
    const end = endOf(evidence);
    const asked = askedToEnd(endEvents(evidence));
    // A consensus client answers a signal with these codes after a close of its own.
    if (end === undefined || asked === undefined || evidence.role !== 'execution' || !AT_ONCE.includes(end.code)) return undefined;
    if (lastWords(evidence, ['panic', 'signal', 'runtime-out-of-memory', 'clean-end', 'interrupted']).length > 0) return undefined;
    return {
      confidence: 'certain',
      meaning: `${programOf(evidence)} was asked to stop while it still started, and ended at once without closing its database.`,
      supports: [eventLine(asked), exitLine(evidence)],
      doubts: [],
      remedies: [startAgain(evidence)],
    };
  },
};
