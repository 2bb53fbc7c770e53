import { shellWord } from '../../host/shell-word.ts';
import { programOf } from '../commands.ts';
import { stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';

export const chainPaused: Rule = {
  id: 'chain.paused',
  code: 28,
  finds: 'somebody froze it with `docker pause`',
  judge(evidence) {
    const { container, present } = evidence;
    if (!present || container.state !== 'paused') return undefined;
    return {
      confidence: 'certain',
      meaning: `Somebody paused ${programOf(evidence)}: it does nothing until it is let go on.`,
      supports: [stateLine(evidence, 'State.Status', container.state)],
      doubts: [],
      remedies: [{ text: 'Let it go on.', commands: [`docker unpause ${shellWord(container.name)}`] }],
    };
  },
};
