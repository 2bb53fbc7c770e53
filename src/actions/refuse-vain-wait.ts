import { NodectlError } from '../errors.ts';
import { readSpec } from '../node/spec.ts';
import type { WaitCondition } from '../node/wait-condition.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { NodeLook } from './look-at-node.ts';
import { partDied } from './part-death.ts';

/**
 * Refuses to wait for what a running node alone can reach where it does not run and nobody is about to start it: NO_SUCH_NODE,
 * NODE_NOT_RUNNING, CONTAINER_DIED. UNSUPPORTED_OPTION for peers of a light client, PORT_TAKEN where another chain answers.
 */
export async function refuseVainWait(node: string, conditions: readonly WaitCondition[], look: NodeLook, engine: Engine): Promise<void> {
  const { container, beside, judged } = look;
  if (container === undefined || judged === undefined) {
    throw new NodectlError('NO_SUCH_NODE', `${node} has no container.`, { hint: `Bring it back with \`nodectl up --name ${node}\`.` });
  }
  await refuseAtRest(node, container, judged.sync.state, engine);
  const ofAll = conditions.some(({ kind }) => kind === 'synced' || kind === 'healthy');
  if (ofAll && beside !== undefined && judged.consensus !== undefined)
    await refuseAtRest(node, beside, judged.consensus.state.state, engine);
  if (judged.sync.state === 'wrong-chain') {
    throw new NodectlError('PORT_TAKEN', `Another chain (${judged.sync.chainId}) answers at the port of ${node}.`);
  }
  if (conditions.some(({ kind }) => kind === 'peers') && readSpec(container.labels)?.light) {
    throw new NodectlError('UNSUPPORTED_OPTION', `${node} is a light client without peers of its own.`, {
      hint: 'Leave out --for peers=N.',
    });
  }
}

/** A container that was made and never started is about to be: `up` starts what it makes. */
async function refuseAtRest(node: string, container: ObservedContainer, state: string, engine: Engine): Promise<void> {
  if (state === 'stopped') {
    throw new NodectlError('NODE_NOT_RUNNING', `${container.name} is not running.`, { hint: `Start it with \`nodectl start ${node}\`.` });
  }
  if (state !== 'dead' && state !== 'restarting') return;
  const { name, exitCode, finishedAt } = container;
  throw await partDied({ node, name, exitCode, at: finishedAt }, engine);
}
