import { formatSize } from '../../node/size.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { parseSwaps, type SwapArea } from '../kernel/swaps.ts';
import { textOf } from '../place.ts';

const ZSWAP = '/sys/module/zswap/parameters/enabled';

interface Evidence {
  readonly areas: readonly SwapArea[] | undefined;
  /** `Y`, `N`; undefined where the kernel has none. */
  readonly zswap: string | undefined;
}

export const memZram = check({
  id: 'mem.zram',
  question: 'does the kernel compress memory instead of swapping to disk',
  looksAt: 'host',
  probe({ files }): Evidence {
    const swaps = textOf(files, '/proc/swaps');
    return { areas: swaps === undefined ? undefined : parseSwaps(swaps), zswap: textOf(files, ZSWAP)?.trim().slice(0, 4) };
  },
  judge({ areas, zswap }) {
    const zram = areas?.filter(({ kind }) => kind === 'zram') ?? [];
    const read = [
      { source: '/proc/swaps', value: zram.map(({ path, size }) => `${path} ${formatSize(size)}`).join(', ') || 'no zram' },
      { source: ZSWAP, value: zswap ?? 'missing' },
    ];
    if (areas === undefined && zswap === undefined) return calm('unknown', 'Whether memory is compressed could not be read.', read);
    const size = formatSize(zram.reduce((sum, area) => sum + area.size, 0));
    const cached = zswap === 'Y' || zswap === '1';
    if (zram.length > 0 && cached) {
      const remedy = { text: 'Use one of them.', commands: [`echo N > ${ZSWAP}`] };
      return harm('warn', `Both zram (${size}) and zswap are on: pages are compressed twice.`, read, remedy);
    }
    if (zram.length > 0) return calm('info', `${size} of the swap is zram, compressed memory: quick, but it takes RAM and CPU.`, read);
    if (cached) return calm('info', 'zswap compresses pages in RAM before they go to the swap on disk.', read);
    return calm('ok', 'Memory is not compressed.', read);
  },
});
