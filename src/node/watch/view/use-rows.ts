import { formatSize } from '../../size.ts';
import type { NodeSample } from '../sample.ts';
import { percent, shortPercent, shortSize, sizeOf } from './amounts.ts';
import type { Measured } from './gauge.ts';
import type { Tone } from './line.ts';
import type { Row } from './row.ts';

/** What the node uses of its limits: memory, swap, CPU, disk, and how much it waits for them. */
export function useRows(samples: readonly NodeSample[]): readonly Row[] {
  const sample = samples.at(-1);
  if (sample === undefined) return [];
  const rows = [memoryRow, swapRow, limitRow, cpuRow, diskRow, pressureRow, clientMemoryRow].map((row) => row(samples, sample));
  return rows.flatMap((row) => (row === undefined ? [] : [row]));
}

function memoryRow(samples: readonly NodeSample[], sample: NodeSample): Row | undefined {
  const used = memoryOf(sample);
  if (used === null) return undefined;
  return amountRow({ label: 'Memory', short: 'Memory', weight: 2 }, used, sample.status.limits.memoryBytes, course(samples, memoryOf));
}

function memoryOf({ workingSetBytes, status }: NodeSample): number | null {
  return workingSetBytes ?? status.use.memoryBytes;
}

function swapRow(samples: readonly NodeSample[], sample: NodeSample): Row | undefined {
  const { use, limits } = sample.status;
  if (use.swapBytes === null || (limits.swapBytes === 0 && use.swapBytes === 0)) return undefined;
  const points = course(samples, ({ status }) => status.use.swapBytes);
  const moved = swapMoved(samples);
  const flow = moved.map(([word, perSecond]) => `${word} ${shortSize(perSecond)}/s`).join(', ');
  return amountRow({ label: 'Swap', short: 'Swap', weight: 5 }, use.swapBytes, limits.swapBytes, points, flow);
}

/** How far the node is from its end: what is left of memory and swap together, once the file cache has given way. */
function limitRow(samples: readonly NodeSample[], sample: NodeSample): Row | undefined {
  const limit = endOf(sample);
  const held = heldOf(sample);
  if (held === null || limit === null) return undefined;
  const left = Math.max(0, Math.round(limit - held));
  return {
    ...{ label: 'To limit', short: 'Limit', weight: 3, share: held / limit, tone: toneOf(held / limit) },
    course: { points: course(samples, heldOf), top: limit },
    texts: [`${formatSize(left)} until the kernel kills`, `${formatSize(left)} left`, `${shortSize(left)} left`],
  };
}

/** A limit of swap that the machine does not have is never reached. */
function endOf({ status: { limits, use }, hostSwapFreeBytes }: NodeSample): number | null {
  if (limits.memoryBytes === null || limits.swapBytes === null) return null;
  const reachable = hostSwapFreeBytes === null ? limits.swapBytes : (use.swapBytes ?? 0) + hostSwapFreeBytes;
  return limits.memoryBytes + Math.min(limits.swapBytes, reachable);
}

function heldOf({ heldBytes, workingSetBytes, status: { use, limits } }: NodeSample): number | null {
  const held = heldBytes ?? workingSetBytes;
  const swapped = limits.swapBytes === 0 ? 0 : use.swapBytes;
  return held === null || swapped === null ? null : held + swapped;
}

/** Bytes per second between the last two samples that saw them; none where nothing moved. */
function swapMoved(samples: readonly NodeSample[]): readonly (readonly ['in' | 'out', number])[] {
  const [before, after] = samples.flatMap(({ time, swapIo }) => (swapIo === null ? [] : [{ time, ...swapIo }])).slice(-2);
  if (before === undefined || after === undefined || after.time <= before.time) return [];
  const perSecond = (from: number | null, to: number | null) =>
    Math.max(0, (((to ?? 0) - (from ?? 0)) / (after.time - before.time)) * 1000);
  const moved = [['in', perSecond(before.inBytes, after.inBytes)] as const, ['out', perSecond(before.outBytes, after.outBytes)] as const];
  return moved.filter(([, bytes]) => bytes > 0);
}

function cpuRow(samples: readonly NodeSample[], { cpus, status }: NodeSample): Row | undefined {
  if (cpus === null)
    return status.container.state === 'running' ? { label: 'CPU', weight: 4, tone: 'dim', texts: ['measuring'] } : undefined;
  const limit = status.limits.cpus;
  const used = Math.round(cpus * 100) / 100;
  const points = course(samples, (sample) => sample.cpus);
  const whole = limit === null ? [] : [`${used} of ${limit} CPUs`, `${used}/${limit}`];
  return {
    ...{ label: 'CPU', weight: 4, share: limit === null ? null : cpus / limit, tone: 'cyan' },
    course: { points, top: limit ?? highest(points) },
    texts: [...whole, `${used} CPUs`, String(used)],
  };
}

function diskRow(samples: readonly NodeSample[], { status, diskFreeBytes }: NodeSample): Row | undefined {
  const used = status.use.diskBytes;
  if (used === null) return undefined;
  const points = course(samples, (sample) => sample.status.use.diskBytes);
  const free = diskFreeBytes === null ? [] : [`${formatSize(used)}, ${formatSize(diskFreeBytes)} free`, `${shortSize(diskFreeBytes)} free`];
  const share = diskFreeBytes === null ? null : used / Math.max(1, used + diskFreeBytes);
  return {
    ...{ label: 'Disk', weight: 4, share, tone: toneOf(share) },
    course: { points, top: diskFreeBytes === null ? highest(points) : used + diskFreeBytes },
    texts: [...free, ...(diskFreeBytes === null ? [formatSize(used), shortSize(used)] : [])],
  };
}

function pressureRow(samples: readonly NodeSample[], { pressure, status }: NodeSample): Row | undefined {
  if (status.container.state !== 'running') return undefined;
  const named = { label: 'Pressure', short: 'Wait', weight: 6 };
  if (pressure === null) return { ...named, weight: 8, tone: 'dim', texts: ['not told by this kernel', 'not told'] };
  const { memorySome, memoryFull, cpuSome, ioSome, ioFull } = pressure;
  const brief = (share: number) => String(Math.round(share * 100));
  return {
    ...{ ...named, share: memorySome, tone: memoryFull > 0.1 ? 'red' : memorySome > 0.1 ? 'yellow' : 'green' },
    course: { points: course(samples, (sample) => sample.pressure?.memorySome ?? null), top: 1 },
    texts: [
      `memory ${percent(memorySome)} (all ${percent(memoryFull)}), CPU ${percent(cpuSome)}, disk ${percent(ioSome)} (all ${percent(ioFull)})`,
      `memory ${shortPercent(memorySome)}, CPU ${shortPercent(cpuSome)}, disk ${shortPercent(ioSome)}`,
      `m${brief(memorySome)} c${brief(cpuSome)} d${brief(ioSome)} %`,
    ],
  };
}

function clientMemoryRow(samples: readonly NodeSample[], { status }: NodeSample): Row | undefined {
  const { consensus } = status;
  if (!consensus?.use || consensus.use.memoryBytes === null) return undefined;
  const points = course(samples, (sample) => sample.status.consensus?.use?.memoryBytes ?? null);
  const named = { label: consensus.client, short: consensus.client.slice(0, 6), weight: 6 };
  return amountRow(named, consensus.use.memoryBytes, consensus.limits?.memoryBytes ?? null, points);
}

/** Bytes of a limit, and what flows. */
function amountRow(
  named: Pick<Row, 'label' | 'weight'> & { readonly short: string },
  used: number,
  limit: number | null,
  points: readonly Measured[],
  flow = '',
): Row {
  if (limit === null || limit <= 0) {
    const texts = [`${formatSize(Math.round(used))}, no limit`, shortSize(used)];
    return { ...named, share: null, tone: 'cyan', course: { points, top: highest(points) }, texts };
  }
  const whole = sizeOf(used, limit);
  const brief = `${shortSize(used)}/${shortSize(limit)}`;
  const share = used / limit;
  return {
    ...{ ...named, share, tone: toneOf(share), course: { points, top: limit } },
    texts: [
      ...(flow === '' ? [] : [`${whole}, ${flow}`, `${brief}, ${flow}`]),
      ...[`${whole} (${percent(share)})`, whole, `${brief} ${shortPercent(share)}`, brief],
    ],
  };
}

function toneOf(share: number | null): Tone {
  if (share === null) return 'cyan';
  return share >= 0.9 ? 'red' : share >= 0.75 ? 'yellow' : 'green';
}

function course(samples: readonly NodeSample[], read: (sample: NodeSample) => number | null): readonly Measured[] {
  return samples.map((sample) => ({ time: sample.time, value: read(sample) }));
}

function highest(points: readonly Measured[]): number {
  return points.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
}
