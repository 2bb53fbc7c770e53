import { programOf } from '../commands.ts';
import { askedToEnd, endEvents } from '../end-events.ts';
import { engineRestart } from '../engine-gone.ts';
import type { CaseEvidence } from '../evidence.ts';
import { eventLine, exitLine, line } from '../evidence-lines.ts';
import { fatalKill } from '../kernel-kills.ts';
import { startAgain } from '../kill-remedies.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import type { Confidence } from '../verdict.ts';
import { imageArchitecture } from './image-architecture.ts';

/** What an engine writes where it does not know how a container ended. */
const NOT_KNOWN = 255;
/** How a container ends that its engine stops or kills when it ends itself. */
const WITH_IT: readonly number[] = [0, 2, 130, 137, 143];

export const endEngine: Rule = {
  id: 'end.engine',
  code: 31,
  finds: 'it ended with its engine or its host: a power loss, a reboot, a restart of the engine',
  judge(evidence) {
    const end = endOf(evidence);
    if (end === undefined || fatalKill(evidence) !== undefined || imageArchitecture.judge(evidence) !== undefined) return undefined;
    const restart = engineRestart(evidence);
    const confidence = sure(evidence, end.code);
    if (confidence === undefined) return undefined;
    const events = endEvents(evidence);
    const [asked, unknown] = [askedToEnd(events), end.code === NOT_KNOWN];
    const who = restart === undefined ? 'engine or host' : restart.what;
    const how = unknown ? 'the engine does not know how' : end.code === 0 ? 'in good order' : 'it was not closed in good order';
    return {
      confidence,
      meaning: `${programOf(evidence)} ended with its ${who}: ${how}.`,
      supports: [
        ...(restart === undefined ? [] : [restart.evidence]),
        exitLine(evidence),
        ...(asked === undefined ? [] : [eventLine(asked)]),
      ],
      doubts:
        restart === undefined
          ? [
              line(
                'boot and engine start',
                evidence.engine.local ? 'none is known around the end' : "of the engine's host, not seen from here",
              ),
            ]
          : [],
      remedies: [
        startAgain(evidence),
        ...(unknown
          ? [
              {
                text: 'See why the machine or the engine went down.',
                commands: ['journalctl --boot -1 --priority warning', 'journalctl -u docker --since -1d'],
              },
            ]
          : []),
      ],
    };
  },
};

function sure(evidence: CaseEvidence, code: number | null): Confidence | undefined {
  const restart = engineRestart(evidence);
  if (code === NOT_KNOWN) return restart !== undefined ? 'certain' : evidence.host.engineStartedAt === null ? 'likely' : 'possible';
  return restart !== undefined && (code === null || WITH_IT.includes(code)) ? 'likely' : undefined;
}
