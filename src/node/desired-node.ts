import type { ContainerSpec, PlacedFile } from '../ports/containers.ts';
import type { ChainRecord } from './chain-record.ts';
import type { ClientParts } from './consensus/consensus-container.ts';
import type { ClientSpec } from './consensus/consensus-spec.ts';
import type { NodeSpec } from './spec.ts';
import type { Step } from './step.ts';
import type { StorageEnforcement } from './storage/storage-words.ts';

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
  /** Why a container that stays must find its files written anew before it starts, or starts again; undefined where it need not. */
  readonly refresh?: string | undefined;
  /** The consensus client beside geth; undefined where none runs. */
  readonly beside: DesiredClient | undefined;
  /** What the secret volume must have; undefined for a node without secrets. */
  readonly secret: DesiredSecrets | undefined;
  /** What keeps the chain volume to a size; undefined where it has none. */
  readonly storage?: DesiredStorage | undefined;
}

/** How the chain volume is made, and what the machine still lacks for it. */
export interface DesiredStorage {
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly layerSize: number | undefined;
  /** What shall be in force, in the words of the reports. */
  readonly planned: StorageEnforcement;
  readonly step: Extract<Step, { kind: 'provide-storage' }> | undefined;
  /** What makes the guard that keeps it; undefined where one runs, where none is needed, and where none can be made. */
  readonly guard?: Extract<Step, { kind: 'provide-guard' }> | undefined;
}

/** A node's consensus client, for the planner. */
export interface DesiredClient extends ClientParts {
  readonly spec: ClientSpec;
}

export interface DesiredSecrets {
  /** Files that are not there yet, or differ. */
  readonly files: readonly PlacedFile[];
  /** True where geth and its client share a key that nobody gave: it is made unless the volume has one. */
  readonly makesKey: boolean;
}
