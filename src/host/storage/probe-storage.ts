import type { StorageSight } from '../../node/storage/storage-sight.ts';
import type { EngineInfo } from '../../ports/engine.ts';
import type { HostFiles } from '../../ports/host-files.ts';
import { probePlace, textOf } from '../place.ts';
import { layerCap, quotaKind } from './quota-kind.ts';

/** Where programs of root lie. */
const FOLDERS = ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
const PROGRAMS = ['mkfs.ext4', 'losetup', 'fallocate', 'e2fsck', 'resize2fs', 'dumpe2fs'];

/** Looks at what the engine and this machine can do for the size of a chain. */
export function probeStorage(info: EngineInfo, files: HostFiles): StorageSight {
  const { local, rootDir, storageDriver } = info;
  const volumes = local ? files.filesystem(`${rootDir}/volumes`) : undefined;
  const disk = local ? files.filesystem(rootDir) : undefined;
  return {
    local,
    root: files.uid === 0,
    quota: quotaKind(volumes),
    layer: layerCap(info, disk),
    sizedObstacle: local ? sizedObstacle(info, files) : undefined,
    disk: disk && { type: disk.type, free: disk.free },
    driver: storageDriver,
  };
}

/** Why this machine can make no filesystem in a file; undefined where root can. */
export function sizedObstacle({ rootless, rootDir }: EngineInfo, files: HostFiles): string | undefined {
  if (rootless) return 'the engine runs without root and may mount no filesystem';
  if (probePlace(files).ownsKernel === false) return 'root may not mount filesystems in this system (a container)';
  if (files.status('/dev/loop-control') === undefined) return 'this kernel offers no loop devices (no /dev/loop-control)';
  // OpenZFS, zpl_fallocate_common: it only looks whether there is room at the moment.
  if (files.filesystem(rootDir)?.type === 'zfs')
    return "zfs reserves no blocks for a file, and a full disk would break the chain's filesystem";
  const known = textOf(files, '/proc/filesystems');
  if (known !== undefined && !/\bext4$/m.test(known)) return 'this kernel knows no ext4';
  const missing = PROGRAMS.filter((program) => FOLDERS.every((folder) => files.status(`${folder}/${program}`) === undefined));
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing (packages e2fsprogs and util-linux)`;
}
