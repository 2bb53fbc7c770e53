import type { Part } from './part.ts';
import type { ScheduledFork } from './scheduled-forks.ts';

const EXAMPLE = {
  cancun: { target: 3, max: 6, baseFeeUpdateFraction: 3_338_477 },
  prague: { target: 6, max: 9, baseFeeUpdateFraction: 5_007_716 },
};

/** The entries of `blobSchedule`. INVALID_GENESIS when one is missing that a fork needs from geth 1.15 on, or has other fields than geth wants. */
export function blobSchedule(config: Part, forks: readonly ScheduledFork[]): ReadonlySet<string> {
  const schedule = config.field('blobSchedule');
  const entries = new Set<string>();
  for (const name of schedule?.object().keys() ?? []) {
    const entry = schedule?.field(name);
    if (entry === undefined) continue;
    for (const count of ['target', 'max']) entry.field(count)?.plainNumber(2n ** 31n - 1n);
    const fraction = entry.required('baseFeeUpdateFraction', 'a number above 0').plainNumber(2n ** 64n - 1n);
    if (fraction === 0n) throw entry.refuse('baseFeeUpdateFraction must not be 0.');
    entries.add(name);
  }
  const without = forks.find(({ blobs }) => blobs !== undefined && !entries.has(blobs));
  if (without?.blobs === undefined) return entries;
  const example = without.blobs === 'cancun' ? EXAMPLE.cancun : EXAMPLE.prague;
  throw config.refuse(
    `${without.key} needs an entry ${JSON.stringify(without.blobs)} in blobSchedule, without which geth 1.15 and later refuse it.`,
    `Add "blobSchedule": {"${without.blobs}": ${JSON.stringify(example)}} to the config.`,
  );
}
