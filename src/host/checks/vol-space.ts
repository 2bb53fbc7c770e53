import type { Observed, Remedy } from '../../finding.ts';
import { partNames } from '../../node/names.ts';
import { formatSize } from '../../node/size.ts';
import { keptVolume } from '../../node/storage/move-record.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { owedOn, type RoomTrouble, troubleOn, troublePromised, troubleWithin, volumesOn } from '../storage/judge-room.ts';
import { probeVolumeRoom, type VolumeRoom } from '../storage/volume-room.ts';

export interface VolumesOnDisks {
  readonly rooms: readonly VolumeRoom[];
  /** The engine's own disk, for which disk.free speaks. */
  readonly engineDisk: string | undefined;
}

export const volSpace = check({
  id: 'vol.space',
  question: 'how much room has each volume of a node within its size and on its disk, and for how long',
  looksAt: 'host',
  probe({ engine, files, now, volumes }, { tenants }): VolumesOnDisks | undefined {
    const info = engineFacts(engine);
    if (info === undefined) return undefined;
    const rooms = volumes.map((volume) => {
      return probeVolumeRoom(
        volume,
        tenants.find(({ name }) => name === volume.node),
        now,
        files,
      );
    });
    return { rooms, engineDisk: files.filesystem(info.rootDir)?.source };
  },
  judge(found) {
    if (found === undefined) return ENGINE_UNSEEN;
    const { rooms, engineDisk } = found;
    const disks = [...new Map(rooms.flatMap(({ disk }) => (disk === undefined ? [] : [[disk.source, disk] as const]))).values()];
    const read = [...rooms.map(volumeRow), ...disks.map((disk) => diskRow(disk, owedOn(disk, rooms)))];
    const troubles = [
      ...rooms.flatMap((room) => troubleWithin(room) ?? []),
      ...disks.filter(({ source }) => source !== engineDisk).flatMap((disk) => troubleOn(disk, rooms) ?? []),
      ...disks.flatMap((disk) => troublePromised(disk, rooms) ?? []),
    ];
    if (troubles.length > 0) {
      const severity = troubles.some((trouble) => trouble.severity === 'fail') ? 'fail' : 'warn';
      return harm(severity, troubles.map(({ text }) => text).join(' '), read, remedyFor(troubles));
    }
    const old = rooms.filter(({ node, name }) => name === keptVolume(partNames(node).volume));
    if (old.length > 0) {
      const names = old.map(({ name, node }) => `${name} (\`nodectl storage migrate ${node} --drop-old\` removes it)`).join(', ');
      return calm('info', `An old copy that a migration kept takes as much as the chain did: ${names}. ${shown(disks, rooms)}`, read);
    }
    return calm('ok', rooms.length === 0 ? 'There is no volume of a node.' : shown(disks, rooms), read);
  },
});

/** Every volume on its disk, a sentence each. */
function shown(disks: readonly FilesystemFacts[], rooms: readonly VolumeRoom[]): string {
  const names = (those: readonly VolumeRoom[]) => those.map(({ name, used, walls }) => `${name}${sizeText(used, walls)}`).join(', ');
  const unseen = rooms.filter(({ disk }) => disk === undefined);
  return [
    ...disks.map((disk) => `On ${disk.mountPoint}, ${freeText(disk)}: ${names(volumesOn(disk, rooms))}.`),
    ...(unseen.length === 0 ? [] : [`On disks that are not seen: ${names(unseen)}.`]),
  ].join(' ');
}

function sizeText(used: number | undefined, walls: VolumeRoom['walls']): string {
  if (used === undefined) return '';
  return ` (${formatSize(used)}${walls === undefined ? '' : ` of ${formatSize(walls.total)}`})`;
}

function freeText({ free, total }: FilesystemFacts): string {
  return `${formatSize(free)} of ${formatSize(total)} free`;
}

function remedyFor(troubles: readonly RoomTrouble[]): Remedy {
  const commands = [...new Set(troubles.flatMap((trouble) => trouble.commands))];
  return {
    text: 'Give a volume more room, move a chain to a larger disk with `nodectl storage migrate`, or see what takes the space.',
    commands: [...commands, 'docker system df'],
  };
}

function volumeRow({ name, walls, disk, used, perDay }: VolumeRoom): Observed {
  const takes = used === undefined ? 'takes an unknown amount' : `takes ${formatSize(used)}`;
  const within = walls === undefined ? '' : ` of ${formatSize(walls.total)}`;
  const pace = perDay === undefined ? '' : `, ${perDay < 0 ? '-' : ''}${formatSize(Math.abs(perDay))} a day`;
  return {
    source: name,
    value: `${takes}${within}${pace}, on ${disk === undefined ? 'a disk that is not seen' : disk.source || disk.mountPoint}`,
  };
}

function diskRow(disk: FilesystemFacts, owed: number): Observed {
  const promised = owed === 0 ? '' : `, ${formatSize(owed)} of it promised`;
  return { source: `${disk.source} at ${disk.mountPoint}`, value: `${freeText(disk)}${promised}` };
}
