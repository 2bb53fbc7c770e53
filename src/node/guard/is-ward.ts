import type { NodeSpec } from '../spec.ts';

type Sized = Pick<NodeSpec, 'storage' | 'storageMode' | 'light'>;

/** Whether a guard of all nodes keeps this one to its size: nothing else shall. */
export function isWard({ storage, storageMode, light }: Sized): boolean {
  return storage !== null && storageMode === 'watchdog' && light === null;
}

/** Whether a guard that is asked for this node can keep it to its size. */
export function canBeWard({ storage, light }: Sized): boolean {
  return storage !== null && light === null;
}
