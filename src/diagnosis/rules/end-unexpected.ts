import { closedInOrder } from '../closed-in-order.ts';
import { programOf } from '../commands.ts';
import { askedToEnd, endEvents, eventDoubts } from '../end-events.ts';
import { engineRestart } from '../engine-gone.ts';
import { exitLine, line, logLine } from '../evidence-lines.ts';
import { startAgain } from '../kill-remedies.ts';
import { lastWords } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import { diskLow } from './disk-low.ts';
import { oomUserspace } from './oom-userspace.ts';

/** 128 and the number of SIGINT and SIGTERM. */
const BY_SIGNAL: readonly number[] = [130, 143];

export const endUnexpected: Rule = {
  id: 'end.unexpected',
  code: 30,
  finds: 'it got SIGTERM or SIGINT from somebody outside the engine, and ended by it',
  judge(evidence) {
    const end = endOf(evidence);
    const events = endEvents(evidence);
    if (end === undefined || askedToEnd(events) !== undefined || events.stop !== undefined) return undefined;
    const closed = closedInOrder(evidence);
    if (closed === undefined && !BY_SIGNAL.includes(end.code ?? -1)) return undefined;
    if (engineRestart(evidence) !== undefined || [diskLow, oomUserspace].some((rule) => rule.judge(evidence) !== undefined))
      return undefined;
    const said = lastWords(evidence, ['interrupted']);
    return {
      confidence: !events.complete ? 'possible' : said.length > 0 || BY_SIGNAL.includes(end.code ?? -1) ? 'certain' : 'likely',
      meaning:
        closed === undefined || said.length > 0
          ? `${programOf(evidence)} was told to end by a signal that did not come through the engine.`
          : `${programOf(evidence)} ended by itself and closed in good order, and nobody stopped it through the engine.`,
      supports: [
        exitLine(evidence),
        ...said.slice(0, 1).map((words) => logLine(words, evidence.role)),
        ...(events.complete ? [line('engine events', 'they are complete, and none is a stop or a signal')] : []),
      ],
      doubts: eventDoubts(evidence, events),
      remedies: [
        startAgain(evidence),
        { text: 'See who ends processes on this host: a script, a service manager, a person.', commands: ['journalctl --since -1h'] },
      ],
    };
  },
};
