import type { QuotaKind } from '../../node/storage/storage-sight.ts';
import type { EngineInfo } from '../../ports/engine.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';

/** What caps a volume of the engine's local driver, by the disk it lies on: facts measured on each filesystem. */
export function quotaKind(disk: FilesystemFacts | undefined): QuotaKind | undefined {
  const has = (...options: string[]) => disk?.options.some((option) => options.includes(option)) === true;
  if (disk?.type === 'xfs' && has('prjquota', 'pquota')) return 'xfs project quota';
  if (disk?.type === 'ext4' && has('prjquota')) return 'ext4 project quota';
  return undefined;
}

/** What `--storage-opt size` does here: it holds for a container's own layer alone, never for a volume. */
export function layerCap(info: EngineInfo, disk: FilesystemFacts | undefined): 'kept' | 'ignored' | 'refused' {
  if ((info.driverStatus['driver-type'] ?? '').startsWith('io.containerd.snapshotter')) return 'ignored';
  if (info.storageDriver === 'btrfs' || info.storageDriver === 'zfs') return 'kept';
  return info.storageDriver === 'overlay2' && disk?.type === 'xfs' && quotaKind(disk) !== undefined ? 'kept' : 'refused';
}

/** The quota of a disk that cannot be seen, should the engine keep to a size there: by the filesystem that it tells. */
export function engineQuota({ driverStatus }: EngineInfo): QuotaKind {
  return driverStatus['Backing Filesystem'] === 'extfs' ? 'ext4 project quota' : 'xfs project quota';
}
