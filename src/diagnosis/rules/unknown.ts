import { commandsFor, programOf } from '../commands.ts';
import { endEvents, eventDoubts } from '../end-events.ts';
import { eventLine, exitLine, limitLine, line, oomFlagLine } from '../evidence-lines.ts';
import { kernelDoubts } from '../kernel-kills.ts';
import { readAsRoot } from '../kill-remedies.ts';
import type { Rule } from '../rule.ts';

/** Judged last of all, and always finds. */
export const unknown: Rule = {
  id: 'unknown',
  code: 39,
  finds: 'nothing that was read explains it; what was read is told',
  judge(evidence) {
    const { run, container, lastLines, signed } = evidence;
    const events = endEvents(evidence);
    const code = run.exitCode === null ? 'in a way that nobody remembers' : `with exit code ${run.exitCode}`;
    const again = container.restartCount > 0 ? ` The engine started it again ${container.restartCount} times.` : '';
    return {
      confidence: 'possible',
      meaning: `${programOf(evidence)} ended ${code}, and nothing that was read says why.${again}`,
      supports: [
        ...[exitLine(evidence), oomFlagLine(evidence), limitLine(evidence)],
        ...events.signals.map(({ event }) => eventLine(event)),
        ...lastLines.slice(-3).map(({ text, at }) => line('its last lines', text, at)),
      ],
      doubts: [
        ...(lastLines.length + signed.length === 0 ? [line('its log', 'no line of that run could be read')] : []),
        ...kernelDoubts(evidence),
        ...eventDoubts(evidence, events),
      ],
      remedies: [
        { text: 'Read its log, then start it again.', commands: [commandsFor(evidence).logs, commandsFor(evidence).start] },
        ...readAsRoot(evidence),
      ],
    };
  },
};
