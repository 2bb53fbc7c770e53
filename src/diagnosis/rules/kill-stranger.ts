import { programOf } from '../commands.ts';
import { endEvents, eventDoubts } from '../end-events.ts';
import { engineRestart } from '../engine-gone.ts';
import { exitLine, killCount, line, oomFlagLine } from '../evidence-lines.ts';
import { kernelCovers, kernelDoubts, kernelSource } from '../kernel-kills.ts';
import { readAsRoot, startAgain } from '../kill-remedies.ts';
import { presumedKill, unexplainedKill } from '../presumed-kill.ts';
import type { Rule } from '../rule.ts';
import { oomUserspace } from './oom-userspace.ts';

export const killStranger: Rule = {
  id: 'kill.stranger',
  code: 22,
  finds: 'something outside the engine killed it, and neither the kernel nor the engine tells who',
  judge(evidence) {
    if (!unexplainedKill(evidence) || oomUserspace.judge(evidence) !== undefined) return undefined;
    const events = endEvents(evidence);
    const [read, presumed] = [kernelCovers(evidence), presumedKill(evidence)];
    const alone = presumed === undefined && engineRestart(evidence) === undefined;
    const proof = [
      ...(read ? [line(kernelSource(evidence), 'it was read, and has no line of a kill for want of memory')] : []),
      ...(events.complete ? [line('engine events', 'they are complete, and none is a kill')] : []),
    ];
    return {
      confidence: alone && read && events.complete ? 'likely' : 'possible',
      meaning: `${programOf(evidence)} got a SIGKILL${notFrom(events.complete, read)}: from somebody on the host, or a guard of its memory.`,
      supports: [exitLine(evidence), ...proof],
      doubts: [
        ...(evidence.run.oomKilled === true ? [oomFlagLine(evidence)] : []),
        ...kernelDoubts(evidence),
        // Without the kernel's log it may be one of these.
        ...(read ? [] : killCount(evidence)),
        ...eventDoubts(evidence, events),
      ],
      remedies: [
        ...readAsRoot(evidence),
        { text: 'See whether a guard of the memory runs on the host.', commands: ['nodectl doctor'] },
        startAgain(evidence),
      ],
    };
  },
};

function notFrom(notEngine: boolean, notKernel: boolean): string {
  if (!notEngine) return ', and nobody remembers whose it was';
  return ` that did not come through the engine${notKernel ? ', nor from the kernel' : ''}`;
}
