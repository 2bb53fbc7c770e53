import { FORKS, type Fork } from './forks.ts';
import type { Part } from './part.ts';

const LARGEST_TIME = 2n ** 64n - 1n;
const LARGEST_BLOCK = 2n ** 63n - 1n;

/** Forks of geth's own experiments, by names that differ between its versions: the same file would be another chain in each. */
const EXPERIMENTS = ['verkleTime', 'ubtTime', 'enableVerkleAtGenesis', 'enableUBTAtGenesis'];

/** A fork and when it comes: a block number, or seconds since the epoch. */
export interface ScheduledFork extends Fork {
  readonly when: bigint;
}

/** The forks of a genesis' config, in order. INVALID_GENESIS when geth refuses that order (CheckConfigForkOrder of params/config.go). */
export function scheduledForks(config: Part): readonly ScheduledFork[] {
  const experiment = EXPERIMENTS.find((key) => config.field(key) !== undefined);
  if (experiment !== undefined) throw config.refuse(`${experiment} belongs to an experiment of geth that differs from version to version.`);
  const scheduled: ScheduledFork[] = [];
  let missing: Fork | undefined;
  for (const fork of FORKS) {
    const when = config.field(fork.key)?.plainNumber(fork.by === 'time' ? LARGEST_TIME : LARGEST_BLOCK);
    if (when === undefined) {
      missing ??= fork.optional ? undefined : fork;
      continue;
    }
    if (missing !== undefined) {
      throw config.refuse(
        `${fork.key} is set but ${missing.key} is not, and geth wants every fork before it.`,
        `Set ${missing.key} too, or leave ${fork.key} out.`,
      );
    }
    const before = scheduled.at(-1);
    if (before?.by === fork.by && before.when > when) {
      throw config.refuse(
        `${fork.key} (${when}) comes before ${before.key} (${before.when}), and geth wants it at the same ${fork.by} or later.`,
      );
    }
    scheduled.push({ ...fork, when });
  }
  return scheduled;
}
