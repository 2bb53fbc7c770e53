import { NodectlError } from '../errors.ts';
import { probeVolume, type VolumeSight } from '../host/storage/probe-volume.ts';
import { CHAIN_PARTS, chainParts, PART_FOLDERS } from '../node/storage/chain-parts.ts';
import { type StoragePart, volumePart } from '../node/storage/storage-show.ts';
import { volumeFolder } from '../node/storage/volume-folder.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { withSeconds } from './with-seconds.ts';
import { withinDeadline } from './within-deadline.ts';

interface Question {
  readonly node: string;
  readonly volumes: readonly ObservedVolume[];
  /** The engine's host is this machine. */
  readonly local: boolean;
  /** Volumes that a running container has mounted. */
  readonly inUse: readonly string[];
  /** A geth has its chain in the chain volume, and not a light client. */
  readonly isGeth: boolean;
  readonly deadline: number;
}

/** A volume, where it lies, and what is in it. */
export interface MeasuredVolume {
  readonly volume: ObservedVolume;
  /** Undefined on another machine. */
  readonly sight: VolumeSight | undefined;
  /** Undefined where it could not be counted. */
  readonly bytes: number | undefined;
  readonly parts: readonly StoragePart[];
  /** Why it could not be counted, a sentence. */
  readonly note: string | undefined;
}

/** Counts what a node's volumes take, by their files where they can be looked at, else by the engine's own slow count; ends at the deadline. INTERRUPTED. */
export async function measureVolumes({ volumes, ...question }: Question, world: World): Promise<readonly MeasuredVolume[]> {
  const measured: MeasuredVolume[] = [];
  // One after the other: an engine counts for one caller at a time.
  for (const volume of volumes) {
    measured.push(await withSeconds(`counting what is in ${volume.name}`, 0, measureVolume(volume, question, world), world));
    if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.', { hint: '' });
  }
  return measured;
}

async function measureVolume(volume: ObservedVolume, question: Omit<Question, 'volumes'>, world: World): Promise<MeasuredVolume> {
  const { node, local, deadline } = question;
  const part = volumePart(node, volume);
  const files = local ? await world.hostFiles() : undefined;
  const sight = files && probeVolume(volume, files);
  const apart = part === 'chain' && question.isGeth ? PART_FOLDERS : [];
  const host = await world.host();
  const seen = sight?.folder === undefined ? undefined : await host.directorySizes(sight.folder, apart, deadline, world.signal);
  if (seen !== undefined && apart.length > 0) {
    const bytes = chainParts({ ...NO_FOLDERS, ...seen });
    const parts = CHAIN_PARTS.map((name) => ({ part: name, of: volume.name, bytes: bytes[name] }));
    return { volume, sight, parts, bytes: parts.reduce((sum, one) => sum + one.bytes, 0), note: undefined };
  }
  const whole = (bytes: number | undefined, note?: string): MeasuredVolume => {
    return { volume, sight, bytes, parts: [{ part, of: volume.name, bytes: bytes ?? null }], note };
  };
  if (seen !== undefined) return whole(seen['']);
  const idle = volumeFolder(volume).mounted && !question.inUse.includes(volume.name);
  if (idle) return whole(undefined, `${volume.name} is mounted only while its container runs: what is in it cannot be counted now.`);
  const told = await withinDeadline((await world.engine()).volumeSize(volume.name), deadline, world.clock, world.signal).catch(
    () => 'late' as const,
  );
  const bytes = told === 'late' ? undefined : told.value;
  if (bytes === undefined) return whole(bytes, `What is in ${volume.name} could not be counted in time, or not by this user.`);
  const why = part === 'chain' ? ` Its parts can be told apart only by root on the engine's machine.` : '';
  return whole(bytes, `${volume.name} was counted by the engine.${why}`);
}

const NO_FOLDERS = Object.fromEntries(['', ...PART_FOLDERS].map((folder) => [folder, 0])) as Parameters<typeof chainParts>[0];
