import { type JudgedNode, judgeNode } from '../node/judge-node.ts';
import { POLL_CALLS } from '../node/rpc-facts.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askExecution } from './ask-execution.ts';
import type { CaseSubject } from './case-subjects.ts';
import { lookAtNode } from './look-at-node.ts';

/** How a container answers by `deadline` (an instant), a node's together with the part beside it; null where it does not run, or publishes no RPC here. */
export async function judgeSubject(
  { container, node }: CaseSubject,
  deadline: number,
  engine: Engine,
  world: World,
): Promise<JudgedNode | null> {
  if (container.state !== 'running') return null;
  if (node !== null) return (await lookAtNode(node, deadline, engine, world)).judged ?? null;
  const [rpc, info, { clock }] = [await world.rpc(), await engine.info(), world];
  const answer = await askExecution(container, POLL_CALLS, info.local, deadline, rpc);
  if ('failure' in answer && answer.failure === 'none') return null;
  const uptimeMs = Math.max(0, clock.now() - container.startedAt);
  const seen = { container, uptimeMs, now: clock.now(), spec: undefined, rpc: answer, light: undefined, beside: undefined };
  return judgeNode(seen);
}
