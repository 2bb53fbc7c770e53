import type { Pressure } from '../sample.ts';
import { type NodeMetric, only, type Reading } from './metric.ts';

const STALLS = [
  ['memory', 'some', 'memorySome'],
  ['memory', 'full', 'memoryFull'],
  ['cpu', 'some', 'cpuSome'],
  ['io', 'some', 'ioSome'],
  ['io', 'full', 'ioFull'],
] as const satisfies readonly (readonly [string, string, keyof Pressure])[];

/** What the kernel tells of the container of geth, or of the light client in its place. */
export const KERNEL_METRICS: readonly NodeMetric[] = [
  {
    name: 'nodectl_node_cpu_usage_cores',
    type: 'gauge',
    help: 'CPUs used between the last two looks at the node.',
    labels: [],
    read: ({ cpus }) => only(cpus),
  },
  {
    name: 'nodectl_node_memory_held_bytes',
    type: 'gauge',
    help: 'Memory that only swap could take over: use without any file cache. At its limit, with swap full, the kernel kills.',
    labels: [],
    read: ({ heldBytes }) => only(heldBytes),
  },
  {
    name: 'nodectl_node_pressure_ratio',
    type: 'gauge',
    help: 'Part of the last 10 seconds, 0 to 1, in which some or all tasks waited for the resource; none on cgroup v1.',
    labels: ['resource', 'stall'],
    read: ({ pressure }) =>
      STALLS.map(([resource, stall, key]): Reading => ({ labels: [resource, stall], value: pressure?.[key] ?? null })),
  },
  {
    name: 'nodectl_node_swapped_in_bytes_total',
    type: 'counter',
    help: "Read back from swap since the container's start.",
    labels: [],
    read: ({ swapIo }) => only(swapIo?.inBytes ?? null),
  },
  {
    name: 'nodectl_node_swapped_out_bytes_total',
    type: 'counter',
    help: "Written to swap since the container's start.",
    labels: [],
    read: ({ swapIo }) => only(swapIo?.outBytes ?? null),
  },
  {
    name: 'nodectl_node_disk_free_bytes',
    type: 'gauge',
    help: 'Free space of the file system that the chain lies on.',
    labels: [],
    read: ({ diskFreeBytes }) => only(diskFreeBytes),
  },
];
