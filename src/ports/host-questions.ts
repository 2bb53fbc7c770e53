/** Harmless questions to the machine nodectl runs on, beyond what its files tell. Nothing throws. */
export interface HostQuestions {
  /** True when something listens there already. */
  portTaken(ip: string, port: number, protocol: 'tcp' | 'udp'): Promise<boolean>;
  /** What a program printed (timedatectl, systemd-detect-virt), whatever its exit code; undefined when there is none or it takes too long. */
  ask(words: readonly string[]): Promise<string | undefined>;
  /** Writes and syncs a few small blocks in a folder or the nearest one above it: milliseconds of each; undefined where that is not permitted. */
  syncTimes(folder: string): Promise<readonly number[] | undefined>;
}
