import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The memory cgroup that `/proc/PID/cgroup` names: its version and folder. */
export function memoryGroup(text) {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => /^(\d+):([^:]*):(.*)$/.exec(line)?.slice(1) ?? []);
  const first = lines.find(([, controllers]) => controllers?.split(',').includes('memory'));
  if (first) return { version: 1, folder: join('/sys/fs/cgroup/memory', first[2]) };
  const unified = lines.find(([number]) => number === '0');
  return unified && { version: 2, folder: join('/sys/fs/cgroup', unified[2]) };
}

/** What a cgroup tells of memory, in bytes and counts; `read(file)` gives a file's text. A file that the kernel lacks is undefined. */
export function usage(version, read) {
  const number = (file) => (read(file) === undefined ? undefined : Number(read(file)));
  const field = (file, name) => {
    const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(read(file) ?? '');
    return found ? Number(found[1]) : undefined;
  };
  if (version === 2)
    return {
      peak: number('memory.peak') ?? number('memory.current'),
      rss: field('memory.stat', 'anon'),
      swap: number('memory.swap.peak') ?? number('memory.swap.current'),
      kills: field('memory.events', 'oom_kill'),
      refusals: field('memory.events', 'max'),
    };
  return {
    peak: number('memory.max_usage_in_bytes'),
    peakWithSwap: number('memory.memsw.max_usage_in_bytes'),
    rss: field('memory.stat', 'total_rss'),
    swap: field('memory.stat', 'total_swap'),
    kills: field('memory.oom_control', 'oom_kill'),
    refusals: Math.max(number('memory.failcnt') ?? 0, number('memory.memsw.failcnt') ?? 0),
  };
}

/** The highest of each value seen so far: a killed container takes its cgroup and its counters with it. */
export function highest(before, now) {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names].map((name) => [name, now[name] === undefined ? before[name] : Math.max(before[name] ?? 0, now[name])]),
  );
}

/** Reads the cgroup of a process four times a second until `end()`, which gives the highest values. */
export function watchMemory(pid) {
  const { version, folder } = memoryGroup(readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
  const read = (file) => {
    try {
      return readFileSync(join(folder, file), 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  let seen = {};
  const look = () => {
    seen = highest(seen, usage(version, read));
  };
  const timer = setInterval(look, 250);
  return {
    end: () => {
      clearInterval(timer);
      look();
      return seen;
    },
  };
}
