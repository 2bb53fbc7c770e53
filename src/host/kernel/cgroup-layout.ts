import { withoutOctalEscapes } from './octal-escapes.ts';

/** How the kernel's control groups are mounted. */
export interface CgroupLayout {
  /** `hybrid`: v1 controllers with an empty v2 tree beside them; engines count it as v1. */
  readonly kind: 'v1' | 'hybrid' | 'v2' | 'none';
  /** Mount point of each v1 controller. */
  readonly controllers: Readonly<Record<string, string>>;
  /** Mount point of the v2 tree. */
  readonly unified: string | undefined;
}

const CONTROLLER = /^(?:cpu|cpuacct|cpuset|memory|devices|freezer|blkio|pids|net_cls|net_prio|perf_event|hugetlb|rdma|misc|debug)$/;

/** From proc(5) mountinfo: `id parent dev root point options [optional…] - type source superoptions`. */
export function cgroupLayout(mountinfo: string): CgroupLayout {
  const controllers: Record<string, string> = {};
  let unified: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const point = left.split(' ')[4];
    const [type, , options = ''] = right.split(' ');
    if (point === undefined || point === '') continue;
    if (type === 'cgroup2') unified ??= withoutOctalEscapes(point);
    if (type !== 'cgroup') continue;
    for (const option of options.split(',')) if (CONTROLLER.test(option)) controllers[option] ??= withoutOctalEscapes(point);
  }
  const v1 = Object.keys(controllers).length > 0;
  const kind = v1 ? (unified === undefined ? 'v1' : 'hybrid') : unified === undefined ? 'none' : 'v2';
  return { kind, controllers, unified };
}
