import { formatSize } from '../../node/size.ts';
import type { NodeSpec } from '../../node/spec.ts';
import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { sizedObstacle } from '../storage/probe-storage.ts';
import { layerCap, quotaKind } from '../storage/quota-kind.ts';

const OWN_DISK = {
  text: 'Move the chain with `nodectl storage migrate --to sized`, or give it a disk or partition of its own, or put the volumes on xfs mounted with prjquota or on ext4 made with -O quota,project and mounted with prjquota.',
  commands: [],
};

export const diskQuota = check({
  id: 'disk.quota',
  question: 'can the size of a chain be limited',
  looksAt: 'host',
  probe({ engine, files }) {
    const info = engineFacts(engine);
    const disk = info && files.filesystem(`${info.rootDir}/volumes`);
    return { info, disk, obstacle: info && sizedObstacle(info, files) };
  },
  judge({ info, disk, obstacle }, { storage, tenants }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const cap = quotaKind(disk);
    const layer = layerCap(info, disk);
    const read = [
      { source: 'GET /info Driver', value: `${info.storageDriver} ${info.driverStatus['Backing Filesystem'] ?? ''}`.trim() },
      {
        source: `/proc/self/mountinfo ${info.rootDir}`,
        value: disk === undefined ? 'unreadable' : `${disk.type} ${disk.options.join(',')}`,
      },
      { source: '--storage-opt size', value: layer },
    ];
    if (cap !== undefined) return calm('ok', `The engine's disk has a quota (${cap}): a volume can be given a size.`, read);
    const kept = ({ storageMode }: NodeSpec) => storageMode === 'sized' || storageMode === 'quota';
    const unkept = tenants.filter(({ spec }) => !kept(spec)).map(({ spec }) => spec.storage);
    const asked = [storage, ...unkept].filter((size) => typeof size === 'number');
    const ways =
      obstacle === undefined ? 'a new chain with --storage gets a filesystem of its own' : `no filesystem of its own either: ${obstacle}`;
    if (asked.length === 0) return calm('info', `The engine's disk has no quotas; ${ways}.`, read);
    if (unkept.every((size) => size === null) && obstacle === undefined) {
      return calm('ok', `The engine's disk has no quotas; ${ways}.`, read);
    }
    const meaning = `${asked.map(formatSize).join(', ')} of storage is asked, and nothing keeps the chain to it; --storage-opt would not hold for a volume (${ways}).`;
    return harm('warn', meaning, read, OWN_DISK);
  },
});
