import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { endAsked } from './end-asked.ts';

export const diskLimit: Rule = {
  id: 'disk.limit',
  code: 25,
  finds: 'the guard stopped it in good order at its --storage',
  judge(evidence) {
    const noted = stopAtLimit(evidence);
    const ended = noted && endAsked.judge(evidence);
    if (noted === undefined || ended === undefined) return undefined;
    const more = commandsFor(evidence).up('--storage SIZE');
    return {
      ...ended,
      meaning: `The chain came to its --storage, and the guard stopped ${programOf(evidence)} in good order.`,
      supports: [...ended.supports, line('evidence journal', 'a stop for want of room within --storage', noted.time)],
      remedies: [
        { text: `Give it more, and it starts again: ${more.join('; ')}. It is not started before it has more.`, commands: [] },
        { text: 'See what takes the space.', commands: evidence.node === null ? [] : [`nodectl storage show ${evidence.node}`] },
      ],
    };
  },
};

function stopAtLimit({ journal, container, run }: CaseEvidence) {
  const last = journal.findLast(({ kind, data }) => kind === 'stop' && data.id === container.id && data.startedAt === run.startedAt);
  return last?.data.reason === 'storage-limit' ? last : undefined;
}
