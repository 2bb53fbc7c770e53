import { NodectlError } from '../errors.ts';
import { formatSize, MIB } from '../node/size.ts';
import type { SizedWish } from '../node/storage/sized-place.ts';
import { volumeStorage } from '../node/storage/volume-storage.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { refuseWithoutRoot, type ToldStep, toldSteps } from './change-host.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { lookAtSized, provideSized } from './provide-sized.ts';

export interface GrowRequest {
  readonly node: string | undefined;
  /** Bytes that the chain volume shall have. */
  readonly size: number;
  readonly dryRun: boolean;
}

export interface GrowReport {
  readonly node: string;
  readonly image: string;
  readonly fromBytes: number;
  readonly toBytes: number;
  readonly dryRun: boolean;
  /** Whether anything was done; in a dry run, whether anything would be. */
  readonly changed: boolean;
  /** True where the node writes to it meanwhile. */
  readonly inUse: boolean;
  readonly steps: readonly ToldStep[];
}

/**
 * Gives a chain volume that is a filesystem of its own more room, also while the node runs. STORAGE_FIXED for another volume and for less
 * than it has, DISK_FULL, PERMISSION; cut off at any step, the same command goes on from there.
 */
export async function growStorage({ node: named, size, dryRun }: GrowRequest, world: World): Promise<GrowReport> {
  const engine = await world.engine();
  const node = await chooseNode(named, engine);
  const { volume } = await findNode(node, engine);
  const place = growable(node, volume);
  if (!(await engine.info()).local) {
    throw new NodectlError('STORAGE_IMPOSSIBLE', `The volume of ${node} is the file ${place.image} on the engine's machine.`, {
      hint: 'Run the same command there.',
    });
  }
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  const held = hands.files.status(place.image)?.size ?? 0;
  const bytes = Math.ceil(size / MIB) * MIB;
  if (bytes < held) {
    throw new NodectlError(
      'STORAGE_FIXED',
      `The chain volume of ${node} has ${formatSize(held)} and cannot shrink to ${formatSize(size)}.`,
      {
        hint: 'Begin another chain with another --name.',
      },
    );
  }
  const wish: SizedWish = { place, bytes, least: held };
  const { steps, sight } = await lookAtSized(wish, hands.files, hands.files.uid === 0 ? hands.changes : undefined);
  const told = toldSteps(steps);
  const inUse = (sight.loop?.mounts ?? []).length > 0;
  const report = { node, image: place.image, fromBytes: held, toBytes: bytes, dryRun, changed: steps.length > 0, inUse, steps: told };
  if (dryRun || steps.length === 0) return report;
  refuseWithoutRoot(hands.files.uid, `nodectl storage grow ${size} ${node}`, told);
  return { ...report, steps: toldSteps(await provideSized(wish, hands, world)) };
}

function growable(node: string, volume: ObservedVolume | undefined): SizedWish['place'] {
  if (volume === undefined) {
    throw new NodectlError('NO_SUCH_NODE', `${node} has no chain volume.`, { hint: `Make one with \`nodectl up --name ${node}\`.` });
  }
  const kept = volumeStorage(volume);
  if (kept.mode === 'sized') return kept.place;
  const why =
    kept.mode === 'quota'
      ? 'The engine sets the size of its quota anew at every start'
      : 'Its chain volume is a plain folder, which nothing keeps to a size';
  throw new NodectlError('STORAGE_FIXED', `The storage of ${node} cannot grow. ${why}.`, {
    hint: `Move the chain into a volume that can: \`nodectl storage migrate ${node} --to sized\`.`,
  });
}
