import { describe, expect, it } from 'vitest';

type Numbers = Record<string, number | undefined>;
type Read = (file: string) => string | undefined;
interface Modules {
  verdict(evidence: object): string;
  killsInLog(log: string | undefined, id: string): number | undefined;
  memoryGroup(text: string): { version: number; folder: string } | undefined;
  usage(version: number, read: Read): Numbers;
  highest(before: Numbers, now: Numbers): Numbers;
  gasInHand(version: string): number;
  loadFlags(version: string): string[];
  creationCode(keep: number): string;
  bytesOf(name: string, meminfo: string): number;
}
const load = (name: string) => import(String(new URL(`../../../bench/oom/${name}.mjs`, import.meta.url)));
const modules = await Promise.all(['verdict', 'cgroup', 'contract', 'versions', 'swap-file'].map(load));
const { verdict, killsInLog, memoryGroup, usage, highest, gasInHand, loadFlags, creationCode, bytesOf }: Modules = Object.assign(
  {},
  ...modules,
);

describe('what became of a run', () => {
  const lived = { oomKilled: false, exitCode: undefined, restarts: 0, counted: 0, logged: 0, answers: true, done: 100 };

  it('is a kill when any of the engine, the cgroup and the log says so', () => {
    for (const witness of [{ oomKilled: true }, { counted: 1 }, { logged: 1 }]) expect(verdict({ ...lived, ...witness })).toBe('killed');
  });

  it('is no kill when the process ended otherwise, whatever its exit code', () => {
    for (const end of [{ exitCode: 137 }, { exitCode: 0 }, { restarts: 1 }]) expect(verdict({ ...lived, ...end })).toBe('ended');
  });

  it('is life only with answers and with work done', () => {
    expect(verdict(lived)).toBe('alive');
    expect(verdict({ ...lived, answers: false })).toBe('silent');
    expect(verdict({ ...lived, done: 0 })).toBe('idle');
  });

  it('does without a log and without counters', () => {
    expect(verdict({ ...lived, counted: undefined, logged: undefined })).toBe('alive');
  });

  it('counts the kills of its own container in the kernel’s log', () => {
    const line = (id: string) =>
      `[1.5] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${id},mems_allowed=0,oom_memcg=/docker/${id},task_memcg=/docker/${id},task=geth,pid=7,uid=0`;
    const log = ['[1.4] geth invoked oom-killer: gfp_mask=0xcc0', line('aa11'), line('bb22'), line('aa11')].join('\n');
    expect(killsInLog(log, 'aa11')).toBe(2);
    expect(killsInLog(log, 'cc33')).toBe(0);
    expect(killsInLog(undefined, 'aa11')).toBeUndefined();
  });
});

describe('the memory cgroup of a process', () => {
  it('is the one of version 1 where the memory controller has it, hybrid or not', () => {
    expect(memoryGroup('9:cpu,cpuacct:/docker/aa\n3:memory:/docker/aa\n0::/docker/aa\n')).toEqual({
      version: 1,
      folder: '/sys/fs/cgroup/memory/docker/aa',
    });
  });

  it('is the unified one else', () => {
    const folder = '/sys/fs/cgroup/system.slice/docker-aa.scope';
    expect(memoryGroup('0::/system.slice/docker-aa.scope\n')).toEqual({ version: 2, folder });
  });

  it('tells its peaks and kills in both versions', () => {
    const one: Record<string, string> = {
      'memory.max_usage_in_bytes': '1000',
      'memory.memsw.max_usage_in_bytes': '1500',
      'memory.stat': 'rss 1\nswap 2\ntotal_rss 900\ntotal_swap 400',
      'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 1',
      'memory.failcnt': '0',
      'memory.memsw.failcnt': '77',
    };
    expect(usage(1, (file) => one[file])).toEqual({ peak: 1000, peakWithSwap: 1500, rss: 900, swap: 400, kills: 1, refusals: 77 });
    const two: Record<string, string> = {
      'memory.current': '800',
      'memory.swap.current': '300',
      'memory.stat': 'anon 700\nfile 50',
      'memory.events': 'low 0\nhigh 0\nmax 9\noom 2\noom_kill 1\noom_group_kill 0',
    };
    expect(usage(2, (file) => two[file])).toEqual({ peak: 800, rss: 700, swap: 300, kills: 1, refusals: 9 });
  });

  it('keeps what was highest when the cgroup is gone', () => {
    const seen = highest(highest({}, { kills: 0, swap: 5 }), { kills: 1, swap: 2 });
    expect(
      highest(
        seen,
        usage(1, () => undefined),
      ),
    ).toMatchObject({ kills: 1, swap: 5 });
  });
});

describe('the load', () => {
  it('keeps more gas in hand from geth 1.17.5 on', () => {
    expect(['1.13.15', '1.16.9', '1.17.4'].map(gasInHand)).toEqual([50_000, 50_000, 50_000]);
    expect(['1.17.5', '1.17.10', '1.18.0', '2.0.0'].map(gasInHand)).toEqual([400_000, 400_000, 400_000, 400_000]);
  });

  it('lets 1.13 alone make blocks by the clock', () => {
    expect(['1.13.15', '1.16.9', '1.17.8'].map((version) => loadFlags(version).includes('--dev.period'))).toEqual([true, false, false]);
  });

  it('creates a contract whose jump lands where its loop begins', () => {
    const [, length, code] = /^0x60(..)600c60003960..6000f3(.+)$/.exec(creationCode(50_000)) ?? [];
    expect(code).toHaveLength(2 * Number.parseInt(length ?? '', 16));
    const target = Number.parseInt(/60(..)57/.exec(code ?? '')?.[1] ?? '', 16);
    expect(code?.slice(2 * target, 2 * target + 2)).toBe('5b');
    expect(code).toContain('6200c3505a11');
  });
});

it('reads the kernel’s table of memory in bytes', () => {
  expect(bytesOf('SwapFree', 'MemTotal:       100 kB\nSwapFree:         2 kB\n')).toBe(2048);
  expect(bytesOf('SwapFree', 'MemTotal:       100 kB\n')).toBe(0);
});
