import { judgeCondition } from '../judge-condition.ts';
import type { WaitCondition } from '../wait-condition.ts';
import type { NodeSample } from './sample.ts';

/** Whether all of the conditions hold in one sample, as `wait` judges them. */
export function holds(conditions: readonly WaitCondition[], { status }: Pick<NodeSample, 'status'>): boolean {
  const { sync, healthy, consensus, container, chainId, peers, head, geth } = status;
  const answers = head !== null || geth.answersAs !== null;
  const said = answers ? { chainId: chainId ?? undefined, peers: peers ?? undefined, head: head ?? undefined } : undefined;
  const parts = [container, ...(consensus?.container ? [consensus.container] : [])];
  const judged = { sync, healthy, consensus: consensus ?? undefined, said };
  return conditions.every((condition) => judgeCondition(condition, { parts, judged }).met);
}
