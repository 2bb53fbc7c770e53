import type { Observed } from '../finding.ts';
import { formatSize } from '../node/size.ts';
import type { HostFiles } from '../ports/host-files.ts';
import { type Meminfo, parseMeminfo } from './kernel/meminfo.ts';
import { parseSwaps, type SwapArea } from './kernel/swaps.ts';
import { type Place, probePlace, textOf } from './place.ts';

/** The swap space of this machine; undefined where the kernel does not tell. */
export interface SwapEvidence {
  readonly areas: readonly SwapArea[] | undefined;
  readonly memory: Meminfo | undefined;
  readonly place: Place;
}

export function probeSwap(files: HostFiles): SwapEvidence {
  const swaps = textOf(files, '/proc/swaps');
  return {
    areas: swaps === undefined ? undefined : parseSwaps(swaps),
    memory: parseMeminfo(textOf(files, '/proc/meminfo') ?? ''),
    place: probePlace(files),
  };
}

/** Whole swap space, bytes. /proc/meminfo also tells it inside a container, where /proc/swaps may be the host's. */
export function swapTotal({ areas, memory }: SwapEvidence): number | undefined {
  if (memory !== undefined) return memory.swapTotal;
  return areas?.reduce((sum, { size }) => sum + size, 0);
}

export function swapSeen({ areas, memory }: SwapEvidence): readonly Observed[] {
  const list = areas?.map(({ path, size }) => `${path} ${formatSize(size)}`).join(', ') || 'none';
  return [
    { source: '/proc/swaps', value: areas === undefined ? 'not readable' : list },
    { source: '/proc/meminfo SwapTotal', value: memory === undefined ? 'not readable' : formatSize(memory.swapTotal) },
  ];
}
