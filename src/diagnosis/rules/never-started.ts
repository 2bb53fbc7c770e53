import { commandsFor } from '../commands.ts';
import { stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { phaseOf } from '../run-phase.ts';

export const neverStarted: Rule = {
  id: 'never-started',
  code: 39,
  finds: 'it was created and never started: what created it was cut off',
  judge(evidence) {
    if (phaseOf(evidence) !== 'never-started') return undefined;
    const again = commandsFor(evidence).up('');
    return {
      confidence: 'certain',
      meaning: 'Its container was created, and nobody ever started it.',
      supports: [
        stateLine(evidence, 'State.Status', evidence.container.state),
        stateLine(evidence, 'Created', 'and never started', evidence.container.createdAt),
      ],
      doubts: [],
      remedies: [{ text: 'Go on where it was cut off.', commands: again.length > 0 ? again : [commandsFor(evidence).start] }],
    };
  },
};
