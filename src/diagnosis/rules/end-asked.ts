import { closedInOrder } from '../closed-in-order.ts';
import { programOf } from '../commands.ts';
import { askedToEnd, endEvents, eventDoubts } from '../end-events.ts';
import { engineRestart } from '../engine-gone.ts';
import { eventLine, exitLine, line } from '../evidence-lines.ts';
import { lastWords } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import { diskLow } from './disk-low.ts';

export const endAsked: Rule = {
  id: 'end.asked',
  code: 0,
  finds: 'somebody stopped it, and it closed in good order',
  judge(evidence) {
    const end = endOf(evidence);
    const closed = closedInOrder(evidence);
    if (end === undefined || closed === undefined) return undefined;
    const events = endEvents(evidence);
    const asked = askedToEnd(events) ?? events.stop;
    const told = lastWords(evidence, ['interrupted']).length > 0;
    // Where the engine remembers nothing, a stop is still the most ordinary of reasons; geth itself says that it was interrupted.
    if (asked === undefined && (events.complete || !told || diskLow.judge(evidence) !== undefined)) return undefined;
    const other = asked === undefined || engineRestart(evidence) !== undefined || evidence.lastLines.length === 0;
    return {
      confidence: asked === undefined || engineRestart(evidence) !== undefined ? 'possible' : other || !closed.sure ? 'likely' : 'certain',
      meaning: `${programOf(evidence)} was stopped, and closed in good order.`,
      supports: [exitLine(evidence), ...(asked === undefined ? [] : [eventLine(asked)]), line('its last words', closed.evidence, end.at)],
      doubts: asked === undefined ? eventDoubts(evidence, events) : [],
      remedies: [],
    };
  },
};
