import type { ObservedVolume } from '../../ports/containers.ts';
import { consensusNames, partNames, secretVolume } from '../names.ts';
import { CHAIN_PARTS } from './chain-parts.ts';
import type { Fullness } from './fullness.ts';
import type { Growth } from './growth.ts';
import { keptVolume } from './move-record.ts';
import type { StorageFacts } from './storage-facts.ts';

/**
 * What takes space: parts of geth's chain volume, which are `chain` where they cannot be told apart and of a light client; the consensus
 * client's database, secrets, the copy that a migration kept; logs and the container's own layer, which lie on the engine's disk.
 */
export const STORAGE_PARTS = [...CHAIN_PARTS, 'chain', 'consensus', 'secrets', 'kept', 'logs', 'layer'] as const;
export type StoragePartName = (typeof STORAGE_PARTS)[number];

/** Bytes of one part; null = not known, and then a note says why. */
export interface StoragePart {
  readonly part: StoragePartName;
  /** The volume or container that it is in. */
  readonly of: string;
  readonly bytes: number | null;
}

/** What `storage show` tells; null = not known, or not there. Sizes are bytes, instants ISO 8601. */
export interface StorageShow {
  readonly node: string;
  readonly network: string | null;
  readonly mode: string | null;
  /** The chain volume; null where there is none any more. */
  readonly volume: {
    readonly name: string;
    /** `the volume nodectl-hoodi`, `the folder /mnt/big/nodectl-hoodi`, `a filesystem in …`. */
    readonly place: string;
    readonly usedBytes: number | null;
    /** Of that count: now, or where nobody can look now the last time that somebody did. */
    readonly usedAt: string | null;
    /** Free within what keeps it to a size; null where nothing of the kernel does, or it cannot be seen. */
    readonly freeBytes: number | null;
    /** What was asked and what is seen to keep it; null without a container, which alone knows. */
    readonly limit: StorageFacts | null;
  } | null;
  readonly parts: readonly StoragePart[];
  /** What the chain volume lies on. */
  readonly disk: {
    readonly source: string;
    readonly mountPoint: string;
    readonly type: string;
    readonly totalBytes: number;
    readonly freeBytes: number;
  } | null;
  /** Of the chain volume. */
  readonly growth: Growth | null;
  readonly full: Fullness | null;
  readonly notes: readonly string[];
}

/** What a volume of a node is to it; the chain's own is `chain`. */
export function volumePart(node: string, { name }: Pick<ObservedVolume, 'name'>): StoragePartName {
  const { volume } = partNames(node);
  if (name === volume) return 'chain';
  if (name === consensusNames(node).volume) return 'consensus';
  if (name === secretVolume(node)) return 'secrets';
  return name === keptVolume(volume) ? 'kept' : 'other';
}
