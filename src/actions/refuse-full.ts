import { NodectlError } from '../errors.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Step } from '../node/step.ts';
import { judgeRoomToStart } from '../node/storage/room-to-start.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import type { Decision } from './decide-node.ts';
import { lookAtRoom, type RoomQuestion } from './look-at-room.ts';

/** DISK_FULL, with what gives it room, where geth would end again right after its start; with `force` that is only said. */
export async function refuseFull(
  question: RoomQuestion & { readonly node: string; readonly spec: NodeSpec; readonly force: boolean },
  info: EngineInfo,
  world: World,
): Promise<void> {
  const { node, spec, force } = question;
  if (spec.light !== null) return;
  const sight = await lookAtRoom(question, info, world);
  const problem = sight && judgeRoomToStart(node, sight, spec);
  if (problem === undefined) return;
  if (!force) throw new NodectlError('DISK_FULL', problem.message, { hint: problem.hint, facts: problem.facts });
  world.console.warn(`Forced: ${problem.message}`);
}

/**
 * The same for the steps of an `up`, once: before the first of those that start geth, so that nothing is stopped in vain; where the storage
 * grows, before geth is started. Without a step: for a plan that is only told.
 */
export function fullRefuser(
  force: boolean,
  info: EngineInfo,
  world: World,
): (decision: Pick<Decision, 'desired' | 'observed' | 'plan'>, step?: Step) => Promise<void> {
  let judged = false;
  return async ({ desired: { name, spec, container }, observed, plan: { steps } }, step) => {
    const starts = steps.some((planned) => planned.kind === 'start-container' && planned.container === container.name);
    const grows = steps.some(({ kind }) => kind === 'provide-storage');
    if (judged || !starts || (grows && step?.kind !== 'start-container')) return;
    judged = true;
    await refuseFull({ node: name, spec, args: container.args, volume: observed.volume, force }, info, world);
  };
}
