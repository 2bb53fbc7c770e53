import { commandsFor, programOf } from '../commands.ts';
import { diskFailed } from '../disk-evidence.ts';
import { endEvents } from '../end-events.ts';
import { eventLine } from '../evidence-lines.ts';
import { startAgain } from '../kill-remedies.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

/** The exit code of the Go runtime. */
const CODES = [2];

export const crashPanic: Rule = {
  id: 'crash.panic',
  code: 23,
  finds: 'it crashed: a Go panic, or a signal that the Go runtime dies of',
  judge(evidence) {
    const cause = logCause(evidence, ['panic', 'signal'], CODES);
    if (cause === undefined) return undefined;
    const sent = endEvents(evidence).signals.findLast(({ signal }) => signal !== null && ![2, 9, 15].includes(signal))?.event;
    const because = sent === undefined ? '' : `, because somebody sent it signal ${sent.signal} through the engine`;
    const version = evidence.role === 'execution' && evidence.gethVersion !== null ? ` ${evidence.gethVersion}` : '';
    return {
      confidence: cause.confidence === 'certain' && diskFailed(evidence) ? 'likely' : cause.confidence,
      meaning: `${programOf(evidence)}${version} crashed${because}: ${cause.first.meaning}`,
      supports: [...cause.supports, ...(sent === undefined ? [] : [eventLine(sent)])],
      doubts: [],
      remedies:
        sent === undefined
          ? [
              {
                text: 'Start it again; if it comes back, another version may not have that fault. The whole trace is in the log.',
                commands: [commandsFor(evidence).start, commandsFor(evidence).logs],
              },
            ]
          : [startAgain(evidence)],
    };
  },
};
