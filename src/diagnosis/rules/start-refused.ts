import { commandsFor } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { exitLine, stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { startFailure } from '../run-phase.ts';
import { diskFull } from './disk-full.ts';
import { imageArchitecture } from './image-architecture.ts';
import { imageEntrypoint } from './image-entrypoint.ts';
import { networkBroken } from './network-broken.ts';
import { oomLimit } from './oom-limit.ts';
import { portTaken } from './port-taken.ts';

const KNOWN: readonly Rule[] = [oomLimit, diskFull, imageArchitecture, imageEntrypoint, portTaken, networkBroken];

/** What engines say of the other things that a container needs, and what helps. */
const CAUSES: readonly {
  readonly pattern: RegExp;
  readonly meaning: string;
  readonly remedy: string;
  readonly commands: readonly string[];
}[] = [
  {
    pattern: /mount|volume|bind source path|no such device/i,
    meaning: 'The engine could not mount what the container needs.',
    remedy: 'See whether the volume, its device or its folder is there.',
    commands: ['docker volume ls'],
  },
  {
    pattern: /seccomp|apparmor|selinux|operation not permitted/i,
    meaning: 'A security profile of the host does not let the container begin.',
    remedy: 'See what the host lacks.',
    commands: ['nodectl doctor'],
  },
  {
    pattern: /cgroup|rlimit|cannot allocate memory|resource temporarily unavailable/i,
    meaning: 'The host could not give the container the limits that it asks for.',
    remedy: 'See what the host lacks.',
    commands: ['nodectl doctor'],
  },
];

export const startRefused: Rule = {
  id: 'start.refused',
  code: 29,
  finds: 'the engine could not start it, for a reason that is neither image, port, network nor disk',
  judge(evidence) {
    const failure = startFailure(evidence);
    if (failure === undefined || KNOWN.some((rule) => rule.judge(evidence) !== undefined)) return undefined;
    const cause = CAUSES.find(({ pattern }) => pattern.test(failure));
    return {
      confidence: 'certain',
      meaning: cause?.meaning ?? 'The engine could not start the container, and says why.',
      supports: [stateLine(evidence, 'State.Error', failure), exitLine(evidence)],
      doubts: [],
      remedies: [
        { text: cause?.remedy ?? "See the engine's own log.", commands: cause?.commands ?? ['journalctl -u docker --since -1h'] },
        { text: 'Then start it again.', commands: [startCommand(evidence)] },
      ],
    };
  },
};

function startCommand(evidence: CaseEvidence): string {
  return commandsFor(evidence).up('')[0] ?? commandsFor(evidence).start;
}
