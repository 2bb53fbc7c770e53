import { formatSize } from '../../node/size.ts';
import type { EngineInfo } from '../../ports/engine.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

const OWN_DISK = {
  text: 'Give the chain a disk or partition of its own, or put the volumes on xfs mounted with prjquota or on ext4 made with -O quota,project and mounted with prjquota.',
  commands: [],
};

/** What caps a volume of the engine's local driver, by the disk it lies on: facts measured on each filesystem. */
function volumeCap(disk: FilesystemFacts | undefined): string | undefined {
  const has = (...options: string[]) => disk?.options.some((option) => options.includes(option)) === true;
  if (disk?.type === 'xfs' && has('prjquota', 'pquota')) return 'xfs project quotas';
  if (disk?.type === 'ext4' && has('prjquota')) return 'ext4 project quotas';
  return undefined;
}

/** What `--storage-opt size` does here: it holds for a container's own layer alone, never for a volume. */
function layerCap(info: EngineInfo, disk: FilesystemFacts | undefined): 'kept' | 'ignored' | 'refused' {
  if ((info.driverStatus['driver-type'] ?? '').startsWith('io.containerd.snapshotter')) return 'ignored';
  if (info.storageDriver === 'btrfs' || info.storageDriver === 'zfs') return 'kept';
  return info.storageDriver === 'overlay2' && disk?.type === 'xfs' && volumeCap(disk) !== undefined ? 'kept' : 'refused';
}

export const diskQuota = check({
  id: 'disk.quota',
  question: 'can the size of a chain be limited',
  looksAt: 'host',
  probe({ engine, files }) {
    const info = engineFacts(engine);
    return { info, disk: info && files.filesystem(`${info.rootDir}/volumes`) };
  },
  judge({ info, disk }, { storage, tenants }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const cap = volumeCap(disk);
    const layer = layerCap(info, disk);
    const read = [
      { source: 'GET /info Driver', value: `${info.storageDriver} ${info.driverStatus['Backing Filesystem'] ?? ''}`.trim() },
      {
        source: `/proc/self/mountinfo ${info.rootDir}`,
        value: disk === undefined ? 'unreadable' : `${disk.type} ${disk.options.join(',')}`,
      },
      { source: '--storage-opt size', value: layer },
    ];
    if (cap !== undefined) return calm('ok', `The engine's disk has ${cap}: a volume can be given a size.`, read);
    const asked = [storage, ...tenants.map(({ spec }) => spec.storage)].filter((size) => typeof size === 'number');
    if (asked.length === 0) return calm('info', "The engine's disk has no quotas: a chain may fill it. None is asked to be limited.", read);
    const meaning = `${asked.map(formatSize).join(', ')} of storage is asked, and nothing on this disk keeps a chain to it; --storage-opt would not hold for a volume.`;
    return harm('warn', meaning, read, OWN_DISK);
  },
});
