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

/** How hard a process's cgroup is pressed, by the kernel. */
export interface KernelStrain {
  /** Memory without any file cache, bytes: only swap could take it over. */
  readonly held: number;
  /** Pressure stall information of the last 10 seconds, shares of 0 to 1; undefined where the kernel keeps none (cgroup v1, psi off). */
  readonly pressure:
    | {
        readonly memorySome: number;
        readonly memoryFull: number;
        readonly cpuSome: number;
        readonly ioSome: number;
        readonly ioFull: number;
      }
    | undefined;
  /** Bytes that were swapped in and out since its start; undefined where they are not counted. */
  readonly swappedIn: number | undefined;
  readonly swappedOut: number | undefined;
}

/** What the kernel counts of a process's cgroup since that began; undefined where it does not tell. */
export interface KernelCounters {
  /** Processes killed in it for want of memory. */
  readonly oomKills: number | undefined;
  /** Times its memory limit was met, which alone kills nobody. */
  readonly limitHits: number | undefined;
  /** Most memory at once, bytes (cgroup v1, and v2 from Linux 5.19 on). */
  readonly peakBytes: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly swapBytes: number | undefined;
  /** Share of 0 to 1 of the last minute in which a process waited for memory (PSI, `some`); cgroup v2 alone. */
  readonly memoryPressure: number | undefined;
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
  kernelStrain(pid: number): KernelStrain | undefined;
  kernelCounters(pid: number): KernelCounters | undefined;
  /** The hard limit of open files that the engine may hand on; undefined when it cannot be told. */
  engineFileLimit(): number | undefined;
  /** vm.swappiness; undefined where it cannot be read. */
  swappiness(): number | undefined;
  /** True when something listens there already. */
  portTaken(ip: string, port: number, protocol: 'tcp' | 'udp'): Promise<boolean>;
  /** Bytes allocated below a path; undefined when unreadable, not counted by the deadline (an instant), or given up. */
  directorySize(path: string, deadline: number, signal?: AbortSignal): Promise<number | undefined>;
  /** The same, told apart: of each named folder below the path without the named ones in it, and under '' of what lies in none of them. */
  directorySizes<Folder extends string>(
    path: string,
    named: readonly Folder[],
    deadline: number,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<Folder | '', number>> | undefined>;
  /** Free bytes for an unprivileged user on the filesystem of a path. */
  diskFree(path: string): number | undefined;
}
