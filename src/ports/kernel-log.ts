/** A line of the machine's log, by somebody whose word counts: what a container or a user writes is never among them. */
export interface KernelEntry {
  /** Instant, ms. */
  readonly at: number;
  readonly writer: 'kernel' | 'systemd-oomd' | 'earlyoom';
  /** As it was written, without its head; it may hold names that a stranger chose. */
  readonly text: string;
}

/** The stretch of time that is asked for, both instants. */
export interface KernelLogQuery {
  readonly from: number;
  readonly to: number;
}

/** What was read, or why nothing could be. */
export type KernelLogRead =
  | {
      /** The telling lines of the stretch, oldest first. */
      readonly entries: readonly KernelEntry[];
      /** The kernel's lines are complete from this instant on. */
      readonly since: number;
      /** Where they were read, in words. */
      readonly source: string;
    }
  | { readonly blind: string };

/** The kernel's log of this machine, and of the programs that kill in its stead. */
export interface KernelLog {
  /** Never throws and takes a second at most; only lines that `isTelling` names, the newest 5,000 of them. */
  read(query: KernelLogQuery): Promise<KernelLogRead>;
}
