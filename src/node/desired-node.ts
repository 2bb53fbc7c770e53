import type { ContainerSpec, PlacedFile } from '../ports/containers.ts';
import type { ChainRecord } from './chain-record.ts';
import type { NodeSpec } from './spec.ts';

/** What a node shall be, for the planner. */
export interface DesiredNode {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly container: ContainerSpec;
  /** False when the engine discards swap limits: then a differing one is not drift. */
  readonly swapAccounting: boolean;
  /** What the volume's label shall say of the chain when the volume is made. */
  readonly chain: ChainRecord;
  /** Files the volume must have before the container is made; they may hold a password and are never printed. */
  readonly files: readonly PlacedFile[];
  /** True when the password that was given is another than the volume has. */
  readonly newPassword: boolean;
}
