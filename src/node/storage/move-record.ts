import * as z from 'zod/mini';
import { printable } from '../printable.ts';
import type { VolumePlace } from './volume-place.ts';

/** On the marker of a migration whose copy is whole: everything that the rest of it needs. */
export const LABEL_MOVE = 'nodectl.move';

const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('volume') }),
  z.strictObject({ kind: z.literal('path'), folder: z.string() }),
  z.strictObject({ kind: z.literal('sized'), place: z.strictObject({ volume: z.string(), image: z.string(), link: z.string() }) }),
]);

const MoveRecordSchema = z.strictObject({
  v: z.literal(1),
  to: Place,
  /** What the volume's labels say besides where it is. */
  labels: z.record(z.string(), z.string()),
  /** The node ran when the migration began: it is started at the end. */
  starts: z.boolean(),
});

export interface MoveRecord {
  readonly v: 1;
  readonly to: VolumePlace;
  readonly labels: Readonly<Record<string, string>>;
  readonly starts: boolean;
}

export function moveLabel(record: MoveRecord): Readonly<Record<string, string>> {
  return { [LABEL_MOVE]: JSON.stringify(record) };
}

/** Undefined for a label that is missing, or of another nodectl. */
export function readMove(labels: Readonly<Record<string, string>>): MoveRecord | undefined {
  try {
    return MoveRecordSchema.parse(JSON.parse(labels[LABEL_MOVE] ?? ''));
  } catch {
    return undefined;
  }
}

/** The volume that keeps a node's chain as it was before a migration. */
export function keptVolume(volume: string): string {
  return `${volume}.old`;
}

/** The volume that a copy is made in while the node's own name is taken. */
export function stagedVolume(volume: string): string {
  return `${volume}.new`;
}

/** A file beside a folder or image that is being filled: without it, nothing that is there already is touched. */
export function sentinelOf(place: Exclude<VolumePlace, { kind: 'volume' }>): string {
  return `${place.kind === 'path' ? place.folder : place.place.image}.moving`;
}

/** What a sentinel says; another node's is nobody's business. */
export function sentinelText(node: string): string {
  return `nodectl moves the chain of ${printable(node, 80)} to what lies beside this file.\n`;
}
