import type { DesiredNode } from '../desired-node.ts';
import { formatSize } from '../size.ts';
import type { NodeSpec } from '../spec.ts';
import type { QuotaKind } from './storage-sight.ts';
import { enforcementWord, type StorageEnforcement } from './storage-words.ts';

/** What was asked for the chain volume, and what is really in force. Sizes in bytes; null = none, or not known. */
export interface StorageFacts {
  readonly wanted: number | null;
  readonly mode: NodeSpec['storageMode'];
  readonly enforcement: StorageEnforcement;
  /** The size that is in force. */
  readonly held: number | null;
  /** Who says so: a file of the kernel, or the engine. */
  readonly source: string;
}

export interface StorageEvidence {
  /** The loop device of a sized volume, as the kernel shows it; `mounted` where the node runs on it, or would. */
  readonly loop: { readonly device: string; readonly size: number; readonly mounted: boolean } | undefined;
  /** The volume's whole size by its filesystem, and which quota keeps it; undefined where it cannot be seen. */
  readonly quota: { readonly kind: QuotaKind; readonly total: number | undefined } | undefined;
  /** The engine's own word for the volume's size. */
  readonly option: number | undefined;
  /** A watchdog was seen at work. */
  readonly guarded: boolean;
}

/** What `status`, `inspect` and `up` say of a size: never more than is seen. */
export function storageFacts({ storage, storageMode }: Pick<NodeSpec, 'storage' | 'storageMode'>, seen: StorageEvidence): StorageFacts {
  const told = { wanted: storage, mode: storageMode };
  const not = (source: string): StorageFacts => ({ ...told, enforcement: 'not enforced', held: null, source });
  const guarded: StorageFacts = { ...told, enforcement: 'watchdog', held: storage, source: 'nodectl watch --guard' };
  switch (storageMode) {
    case 'sized': {
      const { loop } = seen;
      if (loop === undefined) return not('no loop device is seen');
      if (!loop.mounted) return not(`${loop.device} is not what the node writes to`);
      const source = `/sys/block/${loop.device.replace('/dev/', '')}/size`;
      // It may have grown since the label was written.
      const wanted = Math.max(storage ?? 0, loop.size);
      return { wanted, mode: storageMode, enforcement: enforcementWord('sized', undefined), held: loop.size, source };
    }
    case 'quota': {
      const { quota, option } = seen;
      const held = quota?.total ?? option;
      if (quota === undefined || held === undefined) return not('no quota is seen');
      return {
        ...told,
        enforcement: enforcementWord('quota', quota.kind),
        held,
        source: quota.total === undefined ? 'the engine' : 'statfs',
      };
    }
    case 'watchdog':
      return seen.guarded ? guarded : not('no watchdog is seen at work');
    case 'driver':
      return seen.guarded ? guarded : not('the storage driver keeps the container’s layer alone');
    default:
      return seen.guarded ? guarded : not('nothing keeps it');
  }
}

/** Before anything is done: what shall be in force. */
export function plannedStorage({ spec, storage }: Pick<DesiredNode, 'spec' | 'storage'>): StorageFacts {
  const { storage: wanted, storageMode: mode } = spec;
  return { wanted, mode, enforcement: storage?.planned ?? 'not enforced', held: null, source: 'planned' };
}

/** A sentence where a size was asked and nothing is seen to keep the chain to it. */
export function storageNotes({ wanted, enforcement, source, mode }: StorageFacts): readonly string[] {
  if (wanted === null || enforcement !== 'not enforced') return [];
  const guard =
    mode === 'watchdog' ? ' Keep `nodectl watch --guard` running; where there is systemd, `nodectl up` as root installs it.' : '';
  return [`The storage limit is not enforced: ${source}.${guard}`];
}

/** `20 GiB (sized filesystem)`, `no limit`. */
export function storageText({ wanted, enforcement, held, mode }: StorageFacts): string {
  if (wanted === null) return 'no limit';
  const layer = mode === 'driver' ? '; storage driver for the layer alone' : '';
  return `${formatSize(held ?? wanted)} (${enforcement}${layer})`;
}
