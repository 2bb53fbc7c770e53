import type { ContainerSpec } from '../ports/containers.ts';
import type { NodeSpec } from './spec.ts';

/** What a node shall be, for the planner. */
export interface DesiredNode {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly container: ContainerSpec;
  /** False when the engine discards swap limits: then a differing one is not drift. */
  readonly swapAccounting: boolean;
}
