import type { ObservedContainer } from '../../ports/containers.ts';

type Seen = Pick<ObservedContainer, 'state' | 'exitCode'> | undefined;

/** Whether a node shall run when the work on its chain is done: it runs, or died; whoever stopped it has it stopped. */
export function startsAgain(...parts: readonly Seen[]): boolean {
  return parts.some((part) => part !== undefined && (isAlive(part) || (part.state === 'exited' && part.exitCode !== 0)));
}

function isAlive({ state }: NonNullable<Seen>): boolean {
  return state === 'running' || state === 'restarting' || state === 'paused';
}
