import type { ObservedVolume } from '../../ports/containers.ts';
import { parseSize } from '../size.ts';
import { type SizedPlace, sizedPlaceOf } from './sized-place.ts';

/** What keeps a volume that exists to a size: that was settled when it was made. */
export type VolumeStorage =
  | { readonly mode: 'sized'; readonly place: SizedPlace }
  /** `bytes` by the engine's word. */
  | { readonly mode: 'quota'; readonly bytes: number }
  | { readonly mode: 'plain' };

export function volumeStorage(volume: Pick<ObservedVolume, 'name' | 'labels' | 'options'>): VolumeStorage {
  const place = sizedPlaceOf(volume);
  if (place !== undefined) return { mode: 'sized', place };
  const { size } = volume.options;
  const bytes = size === undefined ? undefined : bytesOf(size);
  return bytes === undefined ? { mode: 'plain' } : { mode: 'quota', bytes };
}

function bytesOf(size: string): number | undefined {
  try {
    return parseSize(size, 'size');
  } catch {
    return undefined;
  }
}
