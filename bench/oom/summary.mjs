import { median } from '../rounds.mjs';

/** The value below which the share `q` of the values lies, by nearest rank; undefined of none. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

/** One line for each configuration, in the order of their first runs. A run that could not be made is counted and nothing else. */
export function summarize(runs) {
  const groups = new Map();
  for (const run of runs) {
    const key = [run.geth, run.memory, run.swap, run.way].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map(summary);
}

function summary(all) {
  const [{ geth, memory, swap, way }] = all;
  const made = all.filter(({ outcome }) => outcome !== 'failed');
  const counts = {};
  for (const { outcome } of all) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const of = (name) => made.map((run) => run[name]).filter((value) => value !== undefined);
  const middle = (name) => (of(name).length > 0 ? median(of(name)) : undefined);
  const most = (name) => (of(name).length > 0 ? Math.max(...of(name)) : undefined);
  const toKill = made.filter(({ outcome }) => outcome === 'killed').map(({ secondsToEnd }) => secondsToEnd);
  return {
    ...{ geth, memory, swap, way, runs: all.length, counts },
    killed: counts.killed ?? 0,
    secondsToKill: toKill.length > 0 ? { median: median(toKill), least: Math.min(...toKill), most: Math.max(...toKill) } : undefined,
    perMinute: middle('perMinute'),
    perMinuteAlive: middle('perMinuteAlive'),
    done: middle('done'),
    blocks: middle('blocks'),
    p50: middle('p50'),
    p99: middle('p99'),
    worstP99: most('p99'),
    ...{ rss: most('rss'), peak: most('peak'), swapped: most('swapped') },
  };
}
