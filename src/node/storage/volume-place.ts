import * as z from 'zod/mini';
import type { ObservedVolume } from '../../ports/containers.ts';
import { LABEL_STORAGE } from '../labels.ts';
import { linkOf, type SizedPlace, sizedLabel, sizedOptions, sizedPlaceOf } from './sized-place.ts';

/** What `storage migrate --to` takes: a plain volume of the engine, a folder elsewhere, a filesystem in a file. */
export const PLACE_KINDS = ['volume', 'path', 'sized'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Where a volume's files are. */
export type VolumePlace =
  | { readonly kind: 'volume' }
  /** A folder that the engine binds: where it is missing, as on a disk that is not mounted, the engine refuses to start geth. */
  | { readonly kind: 'path'; readonly folder: string }
  | { readonly kind: 'sized'; readonly place: SizedPlace };

const Folder = z.strictObject({ v: z.literal(1), mode: z.literal('path'), folder: z.string().check(z.regex(/^\/./)) });

/** The place of a volume that exists; one with a quota is the engine's own folder too. */
export function placeOf(volume: Pick<ObservedVolume, 'name' | 'labels'>): VolumePlace {
  const place = sizedPlaceOf(volume);
  if (place !== undefined) return { kind: 'sized', place };
  try {
    return { kind: 'path', folder: Folder.parse(JSON.parse(volume.labels[LABEL_STORAGE] ?? '')).folder };
  } catch {
    return { kind: 'volume' };
  }
}

/** What the engine is told to make a volume at a place: its local driver's words, and what its label says. */
export function volumeAt(place: VolumePlace): {
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
} {
  switch (place.kind) {
    case 'volume':
      return { options: {}, labels: {} };
    case 'path': {
      const record = JSON.stringify({ v: 1, mode: 'path', folder: place.folder });
      return { options: { type: 'none', o: 'bind', device: place.folder }, labels: { [LABEL_STORAGE]: record } };
    }
    case 'sized':
      return { options: { ...sizedOptions(place.place) }, labels: { ...sizedLabel(place.place) } };
  }
}

/** The same place for a volume of another name. */
export function placeFor(volume: string, place: VolumePlace): VolumePlace {
  return place.kind === 'sized' ? { kind: 'sized', place: { ...place.place, volume, link: linkOf(volume) } } : place;
}

/** `the folder /mnt/big/nodectl-hoodi`, `the file …`, `the volume …`. */
export function placeText(volume: string, place: VolumePlace): string {
  if (place.kind === 'path') return `the folder ${place.folder}`;
  return place.kind === 'sized' ? `a filesystem in ${place.place.image}` : `the volume ${volume}`;
}
