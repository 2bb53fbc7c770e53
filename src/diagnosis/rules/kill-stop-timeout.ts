import type { Remedy } from '../../finding.ts';
import { shellWord } from '../../host/shell-word.ts';
import { formatDuration } from '../../node/duration.ts';
import { STOP_TIMEOUT_SECONDS } from '../../node/stop-timeout.ts';
import { commandsFor, programOf } from '../commands.ts';
import { askedToEnd, endEvents, killSent } from '../end-events.ts';
import type { CaseEvidence } from '../evidence.ts';
import { eventLine, exitLine, stateLine } from '../evidence-lines.ts';
import { fatalKill } from '../kernel-kills.ts';
import { startAgain } from '../kill-remedies.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';

/** Nobody types a stop and a kill within less. */
const LEAST_WAIT_MS = 1_000;

export const killStopTimeout: Rule = {
  id: 'kill.stop-timeout',
  code: 22,
  finds: 'it was asked to stop, did not end in time, and the engine killed it',
  judge(evidence) {
    const end = endOf(evidence);
    const events = endEvents(evidence);
    const [asked, killed] = [askedToEnd(events), killSent(events)];
    if (end === undefined || asked === undefined || killed === undefined || fatalKill(evidence) !== undefined) return undefined;
    if (end.code !== null && end.code !== 137) return undefined;
    const waited = killed.time - asked.time;
    if (waited < 0 || (events.stop === undefined && waited < LEAST_WAIT_MS)) return undefined;
    const told = [asked, killed, events.stop].flatMap((event) => (event === undefined ? [] : [eventLine(event)]));
    return {
      confidence: events.stop === undefined ? 'likely' : 'certain',
      meaning: `${programOf(evidence)} was asked to stop and was killed ${formatDuration(waited)} later, before it had closed its database.`,
      supports: [...told, exitLine(evidence), stateLine(evidence, 'Config.StopTimeout', `${evidence.container.stopTimeoutSeconds} s`)],
      doubts: [],
      remedies: [startAgain(evidence), ...moreTime(evidence, waited)],
    };
  },
};

/** Geth writes up to a gigabyte when it closes; ten seconds, the engine's own default, are too few. */
function moreTime(evidence: CaseEvidence, waitedMs: number): readonly Remedy[] {
  const { node, container } = evidence;
  const name = shellWord(container.name);
  if (node !== null) {
    const outdated = evidence.role === 'execution' && container.stopTimeoutSeconds < STOP_TIMEOUT_SECONDS;
    const again = outdated
      ? [{ text: 'Its container allows too little time: make it again.', commands: commandsFor(evidence).up('') }]
      : [];
    const text = 'Next time stop it with nodectl, which waits; if its time was over, see what kept it.';
    return [...again, { text, commands: [`nodectl stop ${node}`, commandsFor(evidence).logs] }];
  }
  if (waitedMs >= STOP_TIMEOUT_SECONDS * 1000) {
    return [{ text: 'It had time enough: see what kept it.', commands: [commandsFor(evidence).logs] }];
  }
  return [
    { text: `Give it ${STOP_TIMEOUT_SECONDS} s when you stop it.`, commands: [`docker stop --time ${STOP_TIMEOUT_SECONDS} ${name}`] },
    { text: `Make its container with --stop-timeout ${STOP_TIMEOUT_SECONDS}, which the engine's own shutdown honours too.`, commands: [] },
  ];
}
