import { uptime } from 'node:os';
import { join } from 'node:path';
import { logClock } from '../diagnosis/kernel/log-clock.ts';
import type { KernelLog, KernelLogQuery, KernelLogRead } from '../ports/kernel-log.ts';
import { type KernelRoots, read } from './cgroup-folders.ts';
import { readJournal } from './kernel-journal.ts';
import { readRing, ringRecords } from './kernel-ring.ts';

/** Each takes some milliseconds on a host at rest; one that thrashes is given time, since without its log a kill has no cause. */
const RING_MS = 1_500;
const JOURNAL_MS = 1_500;

/** Where the log is found; a test gives one of its own. */
export interface KernelLogSources {
  readonly ring: () => Iterable<string>;
  readonly journalctl: string;
  readonly roots: Pick<KernelRoots, 'proc' | 'sys'>;
}

/** A line may be this much off, and more the older the boot is: the clock of the log is not corrected by the network's time. */
const LEAST_SLACK_MS = 10_000;
const DRIFT = 50e-6;

const SOURCES: KernelLogSources = { ring: ringRecords, journalctl: 'journalctl', roots: { proc: '/proc', sys: '/sys' } };

/** The kernel's ring buffer; the journal for what is no more in there, what root alone may read there, and for programs that kill. */
export function kernelLog({ ring, journalctl, roots }: KernelLogSources = SOURCES): KernelLog {
  return {
    async read(query) {
      const age = sinceBoot(roots);
      const span = widened(query, age);
      const seen = readRing(ring, { zero: Date.now() - age, deadline: performance.now() + RING_MS });
      const kernel = 'blind' in seen || seen.since > span.from;
      const journal = await readJournal(journalctl, { ...span, kernel, timeoutMs: JOURNAL_MS });
      return 'blind' in seen ? journalAlone(seen.blind, journal) : both(seen, journal, bootId(roots), span);
    },
  };
}

function journalAlone(blind: string, journal: Awaited<ReturnType<typeof readJournal>>): KernelLogRead {
  if (journal === undefined) return { blind: `${blind}, and there is no journal` };
  const { lines, kernelSince } = journal;
  if (kernelSince === undefined) return { blind: `${blind}, and the journal shows nothing of the kernel` };
  return { entries: lines, since: kernelSince, source: 'journalctl' };
}

function both(
  ring: Exclude<ReturnType<typeof readRing>, { readonly blind: string }>,
  journal: Awaited<ReturnType<typeof readJournal>>,
  boot: string,
  { from, to }: KernelLogQuery,
): KernelLogRead {
  const isInRing = (line: { readonly boot: string; readonly microseconds: number | undefined }) =>
    line.boot === boot && line.microseconds !== undefined && line.microseconds >= ring.firstMicroseconds;
  const further = (journal?.lines ?? []).filter((line) => line.writer !== 'kernel' || !isInRing(line));
  const since = journal?.kernelSince ?? Number.POSITIVE_INFINITY;
  const isOlder = since < ring.since;
  return {
    entries: [...further, ...ring.entries.filter(({ at }) => at >= from && at <= to)],
    since: Math.min(since, ring.since),
    source: isOlder ? '/dev/kmsg and journalctl' : '/dev/kmsg',
  };
}

/** Also what stands a little before and after, since its times are not exact. */
function widened({ from, to }: KernelLogQuery, age: number): KernelLogQuery {
  const slack = LEAST_SLACK_MS + age * DRIFT;
  return { from: from - slack, to: to + slack };
}

function sinceBoot({ proc, sys }: KernelLogSources['roots']): number {
  const scheduler = read(join(sys, 'kernel/debug/sched/debug')) ?? read(join(proc, 'sched_debug')) ?? '';
  return logClock(scheduler) ?? uptime() * 1000;
}

/** As the journal writes it, without dashes. */
function bootId({ proc }: KernelLogSources['roots']): string {
  return (read(join(proc, 'sys/kernel/random/boot_id')) ?? '').trim().replaceAll('-', '');
}
