/** A kill for want of memory, as the kernel's log tells it. */
export interface OomKill {
  readonly kind: 'oom-kill';
  /** Instant, ms; the kernel's clock stands still while the machine sleeps, so that it may be early. */
  readonly at: number;
  /** `host`: the machine had none left. `limit`: a cgroup's limit was met. */
  readonly scope: 'host' | 'limit';
  /** The cgroup whose limit was met; null for the host's own. Equal to `victimCgroup` = its own limit, above it = a parent's. */
  readonly limitCgroup: string | null;
  /** The killed process's cgroup; '' where the line that names it is missing, as on kernels before 5.0 when the host had no memory. */
  readonly victimCgroup: string;
  readonly process: string;
  /** The host's process id. */
  readonly pid: number;
  /** Resident anonymous memory of the killed process, bytes; null where the line is missing. */
  readonly anonBytes: number | null;
  /** The memory limit that was met and that of swap beyond it, bytes, as the lines before tell them; Infinity = none, null = not told. */
  readonly limitBytes: number | null;
  readonly swapLimitBytes: number | null;
  /** The lines it was read from, as they stood there. */
  readonly lines: readonly string[];
}

/** A process that a fault of its own ended: `geth[30569]: segfault at 0 ip …`, `traps: geth[…] trap invalid opcode …`. */
export interface KernelFault {
  readonly kind: 'fault';
  readonly at: number;
  readonly process: string;
  readonly pid: number;
  readonly lines: readonly string[];
}

/** A program outside the kernel killed for memory's sake (systemd-oomd, earlyoom): it leaves no kernel line, but one in the journal. */
export interface UserspaceKill {
  readonly kind: 'userspace-kill';
  readonly at: number;
  /** `systemd-oomd`, `earlyoom`. */
  readonly by: string;
  /** The group that was killed; null where one process was (earlyoom). */
  readonly victimCgroup: string | null;
  /** The process's name and the host's process id; null where a whole group was killed. */
  readonly process: string | null;
  readonly pid: number | null;
  /** earlyoom asks with 15 first, so that geth may end in good order and with 0. */
  readonly signal: 9 | 15;
  readonly lines: readonly string[];
}

/** An error of a disk or a filesystem (`I/O error, dev sda`, `EXT4-fs error`, `Remounting filesystem read-only`). */
export interface StorageFault {
  readonly kind: 'storage-fault';
  readonly at: number;
  readonly lines: readonly string[];
}

export type KernelRecord = OomKill | KernelFault | UserspaceKill | StorageFault;
