import { formatDuration } from '../node/duration.ts';
import type { Run } from './evidence.ts';
import type { Confidence, VerdictCode } from './verdict.ts';
import { VERDICT_CLASSES } from './verdict-classes.ts';

/** The end of one run, judged. */
export interface JudgedEnd {
  readonly container: string;
  readonly run: Run;
  readonly verdict: string;
  readonly code: VerdictCode;
  readonly confidence: Confidence;
  readonly meaning: string;
}

export interface History {
  /** Instant from which on ends were looked for. */
  readonly since: number;
  /** Ends that nobody asked for, oldest first. */
  readonly deaths: readonly JudgedEnd[];
  /** How often each verdict was given. */
  readonly counts: Readonly<Record<string, number>>;
  /** How long the runs that died lasted, ms; null where no beginning is known. */
  readonly medianUptimeMs: number | null;
  /** `4 deaths in 24h, all at the memory limit, median uptime 5h 10m`. */
  readonly summary: string;
}

/** The deaths of a node since an instant, counted; ends that somebody asked for are none. */
export function tellHistory(ends: readonly JudgedEnd[], since: number, now: number): History {
  const deaths = ends
    .filter(({ code, run }) => code !== 0 && (run.endedAt ?? run.startedAt) >= since)
    .sort((a, b) => (a.run.endedAt ?? 0) - (b.run.endedAt ?? 0));
  const counts: Record<string, number> = {};
  for (const { verdict } of deaths) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const uptimes = deaths.flatMap(({ run }) => (run.startedAt > 0 && run.endedAt !== null ? [run.endedAt - run.startedAt] : []));
  const medianUptimeMs = median(uptimes);
  return { since, deaths, counts, medianUptimeMs, summary: summaryOf(deaths, medianUptimeMs, now - since) };
}

function summaryOf(deaths: readonly JudgedEnd[], medianUptimeMs: number | null, windowMs: number): string {
  const window = formatDuration(Math.max(0, windowMs));
  if (deaths.length === 0) return `no death in ${window}`;
  const causes = new Map<string, number>();
  for (const { code } of deaths) causes.set(VERDICT_CLASSES[code].how, (causes.get(VERDICT_CLASSES[code].how) ?? 0) + 1);
  const sorted = [...causes].sort(([, a], [, b]) => b - a);
  const [[only] = ['']] = sorted;
  const how = sorted.length > 1 ? sorted.map(([cause, count]) => `${count} ${cause}`).join(', ') : deaths.length > 1 ? `all ${only}` : only;
  const uptime = medianUptimeMs === null ? '' : `, ${deaths.length > 1 ? 'median uptime' : 'uptime'} ${formatDuration(medianUptimeMs)}`;
  return `${deaths.length} ${deaths.length === 1 ? 'death' : 'deaths'} in ${window}, ${how}${uptime}`;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[middle] ?? 0];
  return Math.round((low + high) / 2);
}
