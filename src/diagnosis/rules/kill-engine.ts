import { programOf } from '../commands.ts';
import { endEvents, killSent } from '../end-events.ts';
import { eventLine, exitLine, oomFlagLine } from '../evidence-lines.ts';
import { fatalKill } from '../kernel-kills.ts';
import { startAgain } from '../kill-remedies.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import { killStopTimeout } from './kill-stop-timeout.ts';

export const killEngine: Rule = {
  id: 'kill.engine',
  code: 22,
  finds: 'somebody killed it through the engine (`docker kill`, `docker rm --force`)',
  judge(evidence) {
    const end = endOf(evidence);
    const killed = killSent(endEvents(evidence));
    if (end === undefined || killed === undefined || fatalKill(evidence) !== undefined) return undefined;
    if ((end.code !== null && end.code !== 137) || killStopTimeout.judge(evidence) !== undefined) return undefined;
    return {
      confidence: 'certain',
      meaning: `Somebody killed ${programOf(evidence)} through the engine (SIGKILL), without asking it to stop before.`,
      supports: [eventLine(killed), exitLine(evidence)],
      // An earlier kill of another program in the container leaves the flag too.
      doubts: evidence.run.oomKilled === true ? [oomFlagLine(evidence)] : [],
      remedies: [startAgain(evidence), { text: 'Stop it in good order next time.', commands: [stopCommand(evidence)] }],
    };
  },
};

function stopCommand({ node, container }: Parameters<Rule['judge']>[0]): string {
  return node === null ? `docker stop --time 300 ${container.name}` : `nodectl stop ${node}`;
}
