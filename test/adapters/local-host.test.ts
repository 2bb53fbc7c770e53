import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localHost } from '../../src/adapters/local-host.ts';
import { HYBRID, type KernelTree, kernelRoots, PID, pathOf, V1, V2 } from '../fixtures/kernel-trees.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const host = (tree: KernelTree, changes?: Record<string, string | undefined>) => localHost(kernelRoots(tree, changes));

describe.each([
  ['v1', V1, 1],
  ['hybrid', HYBRID, 1],
  ['v2', V2, 2],
] as const)('on a %s host', (_name, tree, cgroupVersion) => {
  test('reads the limits, and names the file of each', () => {
    const limits = host(tree).kernelLimits(PID);
    expect(limits).toMatchObject({ cgroupVersion, memory: GIB, swap: GIB, cpus: 0.5, pids: 512 });
    expect(Object.keys(limits?.sources ?? {})).toEqual(expect.arrayContaining(['memory', 'swap', 'cpus', 'pids']));
  });

  test('counts memory without the file cache that can be dropped, swap by itself and CPU time in nanoseconds', () => {
    expect(host(tree).kernelUsage(PID)).toEqual({ memory: 80 * MIB, swap: 10 * MIB, cpuNanoseconds: 7e9 });
  });

  test('knows nothing of a process that is gone', () => {
    expect(host(tree).kernelLimits(PID + 1)).toBeUndefined();
    expect(host(tree).kernelUsage(PID + 1)).toBeUndefined();
  });
});

describe('how hard a container is pressed', () => {
  const SOME = 'some avg10=12.50 avg60=3.00 avg300=1.00 total=12345\nfull avg10=4.00 avg60=1.00 avg300=0.00 total=999\n';
  const v2 = (over: Record<string, string | undefined> = {}) => {
    const scope = pathOf(V2, 'memory.stat').replace(/memory\.stat$/, '');
    const stat = 'anon 1\ninactive_file 20971520\nactive_file 41943040\npswpin 3\npswpout 5\nworkingset_refault_anon 9\n';
    const files = Object.fromEntries(['memory', 'cpu', 'io'].map((name) => [`${scope}${name}.pressure`, SOME]));
    return host(V2, { ...files, [`${scope}memory.stat`]: stat, ...over }).kernelStrain(PID);
  };

  test('is told by cgroup v2 with its pressure and what went through swap', () => {
    expect(v2()).toEqual({
      held: 40 * MIB,
      pressure: { memorySome: 0.125, memoryFull: 0.04, cpuSome: 0.125, ioSome: 0.125, ioFull: 0.04 },
      swappedIn: 3 * 4096,
      swappedOut: 5 * 4096,
    });
  });

  test('leaves out what the kernel does not keep: pressure without psi, and pages that older kernels do not count', () => {
    const none = Object.fromEntries(
      ['memory', 'cpu', 'io'].map((name) => [pathOf(V2, 'memory.stat').replace('memory.stat', `${name}.pressure`), undefined]),
    );
    expect(v2(none)).toMatchObject({ held: 40 * MIB, pressure: undefined });
    const older = 'inactive_file 0\nactive_file 0\nworkingset_refault_anon 9\n';
    expect(v2({ [pathOf(V2, 'memory.stat')]: older })).toMatchObject({ swappedIn: 9 * 4096, swappedOut: undefined });
  });

  test('is told by cgroup v1 without pressure, of the whole container', () => {
    const stat =
      'inactive_file 1\ntotal_inactive_file 20971520\ntotal_active_file 41943040\nworkingset_refault_anon 1\ntotal_workingset_refault_anon 7\n';
    expect(host(V1, { [pathOf(V1, 'memory.stat')]: stat }).kernelStrain(PID)).toEqual({
      ...{ held: 40 * MIB, pressure: undefined, swappedIn: 7 * 4096, swappedOut: undefined },
    });
  });

  test('is not known of a process that is gone, nor where memory is not accounted', () => {
    expect(host(V2).kernelStrain(PID + 1)).toBeUndefined();
    expect(host(V2, { [pathOf(V2, 'memory.current')]: undefined }).kernelStrain(PID)).toBeUndefined();
  });
});

describe('what a container’s memory was counted for', () => {
  const NONE = { oomKills: undefined, limitHits: undefined, peakBytes: undefined, memoryPressure: undefined };
  const USED = { memoryBytes: 100 * MIB, swapBytes: 10 * MIB };
  const beside = (tree: KernelTree, name: string) => pathOf(tree, 'memory.stat').replace('memory.stat', name);

  test('is told by cgroup v2 with the pressure of the last minute', () => {
    const files = {
      [beside(V2, 'memory.events')]: 'low 0\nhigh 0\nmax 109\noom 2\noom_kill 1\noom_group_kill 0\n',
      [beside(V2, 'memory.peak')]: '1073741824\n',
      [beside(V2, 'memory.pressure')]: 'some avg10=12.50 avg60=3.00 avg300=1.00 total=1\nfull avg10=4.00 avg60=9.00 avg300=0.00 total=9\n',
    };
    expect(host(V2, files).kernelCounters(PID)).toEqual({ ...USED, oomKills: 1, limitHits: 109, peakBytes: GIB, memoryPressure: 0.03 });
  });

  test('is told by cgroup v1 without pressure', () => {
    const files = {
      [beside(V1, 'memory.oom_control')]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
      [beside(V1, 'memory.failcnt')]: '8661\n',
      [beside(V1, 'memory.max_usage_in_bytes')]: '1073741824\n',
    };
    const told = { ...USED, oomKills: 3, limitHits: 8661, peakBytes: GIB, memoryPressure: undefined };
    expect(host(V1, files).kernelCounters(PID)).toEqual(told);
  });

  test('is undefined where a kernel does not count it, or keeps no such file', () => {
    expect(host(V2).kernelCounters(PID)).toEqual({ ...NONE, ...USED });
    expect(host(V1).kernelCounters(PID)).toEqual({ ...NONE, ...USED });
    expect(
      host(V1, { [beside(V1, 'memory.oom_control')]: 'oom_kill_disable 0\nunder_oom 0\n' }).kernelCounters(PID)?.oomKills,
    ).toBeUndefined();
  });

  test('is not known of a process that is gone, nor where memory is not accounted', () => {
    expect(host(V2).kernelCounters(PID + 1)).toBeUndefined();
    expect(host(V2, { [pathOf(V2, 'memory.current')]: undefined }).kernelCounters(PID)).toBeUndefined();
  });
});

test('leaves swap undefined where a v1 kernel does not account it', () => {
  const v1 = host(V1, { [pathOf(V1, 'memory.memsw.limit_in_bytes')]: undefined, [pathOf(V1, 'memory.memsw.usage_in_bytes')]: undefined });
  expect(v1.kernelLimits(PID)).toMatchObject({ memory: GIB, swap: undefined });
  expect(v1.kernelUsage(PID)?.swap).toBeUndefined();
});

test("calls v1's huge numbers and -1 no limit", () => {
  const huge = '9223372036854771712\n';
  const v1 = host(V1, {
    [pathOf(V1, 'memory.limit_in_bytes')]: huge,
    [pathOf(V1, 'memory.memsw.limit_in_bytes')]: huge,
    [pathOf(V1, 'cpu.cfs_quota_us')]: '-1\n',
    [pathOf(V1, 'pids.max')]: 'max\n',
  });
  const none = Number.POSITIVE_INFINITY;
  expect(v1.kernelLimits(PID)).toMatchObject({ memory: none, swap: none, cpus: none, pids: none });
});

test("calls v2's max no limit, and a missing swap file not accounted", () => {
  const v2 = host(V2, {
    [pathOf(V2, 'memory.max')]: 'max\n',
    [pathOf(V2, 'cpu.max')]: 'max 100000\n',
    [pathOf(V2, 'memory.swap.max')]: undefined,
  });
  expect(v2.kernelLimits(PID)).toMatchObject({ memory: Number.POSITIVE_INFINITY, cpus: Number.POSITIVE_INFINITY, swap: undefined });
});

test('follows a mount that shows only a part of the hierarchy, and does not guess outside it', () => {
  const below = (root: string) => ({ 'proc/self/mountinfo': `30 23 0:26 ${root} /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n` });
  const moved = Object.fromEntries(Object.entries(V2).map(([path, text]) => [path.replace('cgroup/system.slice', 'cgroup'), text]));
  expect(host(moved, below('/system.slice')).kernelLimits(PID)?.memory).toBe(GIB);
  expect(host(V2, below('/user.slice')).kernelLimits(PID)?.memory).toBeUndefined();
  const cgroup = V2[`proc/${PID}/cgroup`]?.replace('0::/', '0::/../');
  expect(host(V2, { [`proc/${PID}/cgroup`]: cgroup }).kernelLimits(PID)?.memory).toBeUndefined();
});

describe('the open files that the engine may grant', () => {
  const engine = (capabilities: string, hard = '20000'): KernelTree => ({
    'run/docker.pid': '77',
    'proc/77/comm': 'dockerd\n',
    'proc/77/limits': `Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 ${hard}                files\n`,
    'proc/77/status': `Name:\tdockerd\nCapEff:\t${capabilities}\n`,
    'proc/sys/fs/nr_open': '1048576\n',
  });

  test('are its hard limit where it lacks CAP_SYS_RESOURCE', () => {
    expect(host(engine('000001fffeffffff')).engineFileLimit()).toBe(20000);
  });
  test("are the kernel's ceiling where it has that capability", () => {
    expect(host(engine('000001ffffffffff')).engineFileLimit()).toBe(1048576);
  });
  test('are found without a pid file, and with a stale one', () => {
    const tree = { ...engine('000001fffeffffff'), 'proc/5/comm': 'bash\n' };
    expect(host(tree, { 'run/docker.pid': undefined }).engineFileLimit()).toBe(20000);
    expect(host(tree, { 'run/docker.pid': '5' }).engineFileLimit()).toBe(20000);
  });
  test('are unknown where no engine runs', () => {
    expect(host({ 'proc/5/comm': 'bash\n' }).engineFileLimit()).toBeUndefined();
  });
});

test('reads memory and swap from meminfo, and nothing where there is none', () => {
  const meminfo =
    'MemTotal:       2048 kB\nMemFree:         100 kB\nMemAvailable:   1024 kB\nSwapTotal:       512 kB\nSwapFree:        256 kB\n';
  expect(host({ 'proc/meminfo': meminfo }).memory()).toEqual({ total: 2 * MIB, available: MIB, swapTotal: MIB / 2, swapFree: MIB / 4 });
  expect(host({}).memory()).toBeUndefined();
});

test('finds a TCP port taken on its address and on all addresses, and free again', async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  expect(await localHost().portTaken('127.0.0.1', port, 'tcp')).toBe(true);
  expect(await localHost().portTaken('0.0.0.0', port, 'tcp')).toBe(true);
  await new Promise((done) => server.close(done));
  expect(await localHost().portTaken('127.0.0.1', port, 'tcp')).toBe(false);
  expect(await localHost().portTaken('127.0.0.1', port, 'tcp')).toBe(false);
});

test('finds a UDP port taken, and says false for an address that is not ours', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
  const { port } = socket.address();
  expect(await localHost().portTaken('127.0.0.1', port, 'udp')).toBe(true);
  await new Promise<void>((done) => socket.close(done));
  expect(await localHost().portTaken('127.0.0.1', port, 'udp')).toBe(false);
  expect(await localHost().portTaken('192.0.2.1', port, 'tcp')).toBe(false);
});

test('counts what a folder really allocates: sparse files little, hard links once, as du does', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'deep/er/full'), Buffer.alloc(3 * MIB, 1));
  linkSync(join(folder, 'deep/er/full'), join(folder, 'again'));
  symlinkSync('/usr', join(folder, 'elsewhere'));
  execFileSync('truncate', ['-s', '1G', join(folder, 'sparse')]);
  for (let at = 0; at < 200; at += 1) writeFileSync(join(folder, `small-${at}`), 'x');
  const size = await localHost().directorySize(folder, Date.now() + 10_000);
  const du = Number(execFileSync('du', ['-s', '-B1', folder], { encoding: 'utf8' }).split('\t')[0]);
  expect(Math.abs((size ?? 0) - du)).toBeLessThanOrEqual(8192);
});

test('counts named folders apart, each without those in it, as du does', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a/b/c'), { recursive: true });
  for (const path of ['top', 'a/one', 'a/b/two', 'a/b/c/three', 'a/b/four']) writeFileSync(join(folder, path), Buffer.alloc(MIB, 1));
  const sizes = await localHost().directorySizes(folder, ['a', 'a/b', 'never'], Date.now() + 10_000);
  const mib = Object.entries(sizes ?? {}).map(([part, bytes]) => [part, Math.round(bytes / MIB)]);
  expect(mib).toEqual([
    ['', 1],
    ['a', 1],
    ['a/b', 3],
    ['never', 0],
  ]);
  const whole = await localHost().directorySize(folder, Date.now() + 10_000);
  expect(Object.values(sizes ?? {}).reduce((sum, bytes) => sum + bytes, 0)).toBe(whole);
});

test('says undefined for a folder that is missing, and when the deadline has passed', async () => {
  expect(await localHost().directorySize('/nowhere/at/all', Date.now() + 1000)).toBeUndefined();
  expect(await localHost().directorySize('/usr', Date.now() - 1)).toBeUndefined();
});

test('counts a folder from which files vanish meanwhile', async () => {
  const folder = temporaryFolder();
  const churn = spawn('sh', ['-c', `while :; do touch ${folder}/a1 ${folder}/a2 ${folder}/a3; rm -f ${folder}/a*; done`]);
  try {
    for (let round = 0; round < 50; round += 1) {
      expect(await localHost().directorySize(folder, Date.now() + 5000)).toBeGreaterThanOrEqual(0);
    }
  } finally {
    churn.kill('SIGKILL');
  }
});

test('tells the free space of a filesystem, and nothing of a path that is not there', () => {
  const df = Number(execFileSync('df', ['-B1', '--output=avail', '/tmp'], { encoding: 'utf8' }).trim().split('\n')[1]);
  const free = localHost().diskFree('/tmp');
  expect(Math.abs((free ?? 0) - df)).toBeLessThan(GIB);
  expect(localHost().diskFree('/nowhere/at/all')).toBeUndefined();
});
