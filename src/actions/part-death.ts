import { NodectlError } from '../errors.ts';
import { isAtRest } from '../node/judge-condition.ts';
import { consensusNames } from '../node/names.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { containerDied } from './container-died.ts';
import type { NodeLook } from './look-at-node.ts';

/** The words of a death stand at the end of a log; one of many hours is not read for them. */
const LAST_WORDS_MS = 10 * 60_000;

/** CONTAINER_DIED for one part of a node that ended at `at` (instant), with its last words unless the engine went too; undefined as its code: it was removed. */
export async function partDied(
  part: {
    readonly node: string;
    readonly name: string;
    readonly exitCode: number | undefined;
    readonly at: number;
  },
  engine: Engine,
): Promise<NodectlError> {
  const { node, name, exitCode, at } = part;
  const logs = logsOf(node, name);
  try {
    return await containerDied(name, exitCode, at - LAST_WORDS_MS, engine, logs);
  } catch (thrown) {
    return new NodectlError('CONTAINER_DIED', `${name} ended while it was waited for.`, {
      hint: `Look with \`${logs}\`.`,
      facts: { 'exit code': String(exitCode) },
      cause: thrown,
    });
  }
}

/** CONTAINER_DIED when a part that ran at the first look has ended since, also when it was started again; undefined when all go on. */
export async function deathBetween(node: string, first: NodeLook, now: NodeLook, engine: Engine): Promise<NodectlError | undefined> {
  for (const [before, after] of [
    [first.container, now.container],
    [first.beside, now.beside],
  ]) {
    if (before?.state !== 'running') continue;
    const died = (exitCode: number | undefined, at: number) => partDied({ node, name: before.name, exitCode, at }, engine);
    if (after?.id !== before.id) return died(undefined, 0);
    if (hasEnded(after)) return died(after.exitCode, after.finishedAt);
    if (after.startedAt !== before.startedAt) {
      return new NodectlError('CONTAINER_DIED', `${before.name} ended while it was waited for, and was started again.`, {
        hint: `Look with \`${logsOf(node, before.name)}\`.`,
      });
    }
  }
  return undefined;
}

function logsOf(node: string, container: string): string {
  return `nodectl logs ${node}${container === consensusNames(node).container ? ' --consensus' : ''}`;
}

/** Its engine may be about to start it again. */
function hasEnded({ state }: ObservedContainer): boolean {
  return isAtRest(state) || state === 'restarting';
}
