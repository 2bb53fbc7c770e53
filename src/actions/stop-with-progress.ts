import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { withSeconds } from './with-seconds.ts';

/** Whether there is something to stop: a container that runs, or that the engine is starting again and again. */
export function isUp({ state }: Pick<ObservedContainer, 'state'>): boolean {
  return state === 'running' || state === 'restarting' || state === 'paused';
}

/** How one container is stopped. */
export interface Stopping {
  /** What is waited for, as progress shows it. */
  readonly what: string;
  /** Seconds before the engine kills it. */
  readonly seconds: number;
  /** Waited for before the signal is sent. */
  readonly ready?: () => Promise<void>;
}

/** Stops a container and waits until it ended, with progress each second. */
export async function stopWithProgress(container: ObservedContainer, how: Stopping, world: World): Promise<void> {
  const engine = await world.engine();
  const stopping = (how.ready?.() ?? Promise.resolve()).then(() => engine.stopContainer(container.name, how.seconds));
  await withSeconds(how.what, how.seconds, stopping, world);
}
