import { diskLines } from '../disk-evidence.ts';
import { diskRemedies } from '../disk-remedies.ts';
import { askedToEnd, endEvents } from '../end-events.ts';
import { eventLine } from '../evidence-lines.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

export const diskLow: Rule = {
  id: 'disk.low',
  code: 25,
  finds: 'geth ended itself in good order, before its disk was full',
  judge(evidence) {
    const cause = logCause(evidence, ['disk-low'], [0]);
    if (cause === undefined) return undefined;
    const asked = askedToEnd(endEvents(evidence));
    return {
      confidence: asked === undefined ? cause.confidence : 'possible',
      meaning:
        'Geth saw little free space on its disk, closed its database and ended itself; no restart policy starts it again after that.',
      supports: [...cause.supports, ...diskLines(evidence)],
      doubts: asked === undefined ? [] : [eventLine(asked)],
      remedies: diskRemedies(evidence),
    };
  },
};
