/** The limits the kernel holds for one process's cgroup; undefined = no such file or controller. */
export interface KernelLimits {
  readonly cgroupVersion: 1 | 2;
  /** Infinity = no limit. */
  readonly memory: number | undefined;
  /** Swap beyond memory; Infinity = no limit. */
  readonly swap: number | undefined;
  /** In CPUs; Infinity = no limit. */
  readonly cpus: number | undefined;
  readonly pids: number | undefined;
  /** The file each value was read from, by field name. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What one process's cgroup uses, by the kernel. */
export interface KernelUsage {
  readonly memory: number;
  readonly swap: number | undefined;
  readonly cpuNanoseconds: number;
}

export interface HostMemory {
  readonly total: number;
  readonly available: number;
  readonly swapTotal: number;
  readonly swapFree: number;
}

/** The machine nodectl itself runs on; it says nothing of a remote engine's host. */
export interface Host {
  memory(): HostMemory | undefined;
  /** The kernel's limits for the cgroup of a host process. */
  kernelLimits(pid: number): KernelLimits | undefined;
  kernelUsage(pid: number): KernelUsage | undefined;
  /** The hard limit of open files that the engine may hand on; undefined when it cannot be told. */
  engineFileLimit(): number | undefined;
  /** vm.swappiness; undefined where it cannot be read. */
  swappiness(): number | undefined;
  /** True when something listens there already. */
  portTaken(ip: string, port: number, protocol: 'tcp' | 'udp'): Promise<boolean>;
  /** Bytes allocated below a path; undefined when unreadable or not counted by the deadline, an instant. */
  directorySize(path: string, deadline: number): Promise<number | undefined>;
  /** Free bytes for an unprivileged user on the filesystem of a path. */
  diskFree(path: string): number | undefined;
}
