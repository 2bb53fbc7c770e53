import { NodectlError } from '../errors.ts';
import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { sentinelOf, sentinelText, stagedVolume } from '../node/storage/move-record.ts';
import type { VolumePlace } from '../node/storage/volume-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { FolderMoves } from '../ports/folder-moves.ts';
import type { World } from '../ports.ts';
import type { HostHands } from './apply-host-steps.ts';
import { provideSized } from './provide-sized.ts';

export interface VolumeCopy {
  readonly node: string;
  readonly volume: ObservedVolume;
  readonly from: VolumePlace;
  readonly to: VolumePlace;
  /** Of a place that has a size of its own. */
  readonly bytes: number | undefined;
}

export interface CopyReport {
  readonly files: number;
  readonly bytes: number;
  readonly copyMs: number;
  readonly compareMs: number;
}

/** What a disk gave back wrongly is copied once more; twice, and the disk is not to be trusted. */
const ATTEMPTS = 2;

/** Makes a new place for a chain and copies it there, until both are the same to the last byte; the old one is only read. */
export async function copyVolume(copy: VolumeCopy, engine: Engine, hands: HostHands, world: World): Promise<CopyReport> {
  const moves = await world.folderMoves();
  const target = await prepare(copy, { engine, hands, moves, world });
  return inFolder(copy.from, copy.volume.mountpoint, moves, (from) =>
    inFolder(copy.to, target, moves, (to) => copyAndCompare(from, to, moves, world)),
  );
}

/** The folder of a place while `act` runs; `plain` is where a volume of the engine is. */
export function inFolder<T>(place: VolumePlace, plain: string, moves: FolderMoves, act: (folder: string) => Promise<T>): Promise<T> {
  if (place.kind === 'sized') return moves.withMount(place.place.link, act);
  return act(place.kind === 'path' ? place.folder : plain);
}

interface Means {
  readonly engine: Engine;
  readonly hands: HostHands;
  readonly moves: FolderMoves;
  readonly world: World;
}

/** Gives where the engine has its folder, for a place that is one of its own. What somebody else has put at the place is not touched. */
async function prepare({ node, volume, to, bytes }: VolumeCopy, { engine, hands, moves, world }: Means): Promise<string> {
  if (to.kind === 'volume') {
    const name = stagedVolume(volume.name);
    await engine.createVolume({ name, labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' } });
    const made = (await engine.observe({ name: node, container: volume.name, volume: name })).volume;
    if (made?.labels[LABEL_NODE] === node) return made.mountpoint;
    throw new NodectlError('NAME_TAKEN', `A volume named ${name} exists that is not nodectl's; it is left alone.`);
  }
  const sentinel = sentinelOf(to);
  const held = hands.files.read(sentinel);
  const empty = to.kind === 'path' ? moves.isEmpty(to.folder) : hands.files.status(to.place.image) === undefined;
  if (!empty && !('text' in held && held.text === sentinelText(node))) {
    const what = to.kind === 'path' ? to.folder : to.place.image;
    throw new NodectlError('HOST_REFUSED', `${what} holds something already. It is left as it is.`, {
      hint: 'Choose another place, or remove it yourself.',
    });
  }
  if (to.kind === 'path') moves.make(to.folder, GETH_UID, GETH_GID);
  hands.changes.writeFile(sentinel, sentinelText(node), 0o600);
  if (to.kind === 'sized') {
    // A file that is there already was begun by an earlier run, as the sentinel says.
    const least = hands.files.status(to.place.image)?.size ?? null;
    await provideSized({ place: to.place, bytes: bytes ?? 0, least }, hands, world);
  }
  return '';
}

async function copyAndCompare(from: string, to: string, moves: FolderMoves, { clock, console, signal }: World): Promise<CopyReport> {
  const begun = clock.now();
  const show = console.progress;
  for (let attempt = 1; ; attempt++) {
    const { files, bytes } = await moves.copy(from, to, show, signal);
    const copied = clock.now();
    const differing = await moves.compare(from, to, show, signal);
    console.progress(undefined);
    if (differing.length === 0) return { files, bytes, copyMs: copied - begun, compareMs: clock.now() - copied };
    if (attempt === ATTEMPTS) throw differs(differing);
    for (const path of differing) moves.remove(to, path);
  }
}

function differs([first = '']: readonly string[]): NodectlError {
  return new NodectlError('HOST_REFUSED', `What was written is not what is read again, at ${first}. The chain is where it was.`, {
    hint: 'Look at the disk (`dmesg`), or choose another place.',
  });
}
