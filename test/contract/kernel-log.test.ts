import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readKernelLog } from '../../src/actions/read-kernel-log.ts';
import { openDockerEngine } from '../../src/adapters/docker-engine/docker-engine.ts';
import { kernelLog } from '../../src/adapters/kernel-log.ts';
import { localHost } from '../../src/adapters/local-host.ts';
import { killedInside } from '../../src/diagnosis/kernel/container-cgroup.ts';
import type { OomKill } from '../../src/diagnosis/kernel/kernel-record.ts';
import { requires } from '../require.ts';
import { ContractBench, MIB } from './contract-bench.ts';
import { dropImage, engineSocket, importProbeImage } from './probe-image.ts';

const LIMITS = { memory: 32 * MIB, memorySwap: 32 * MIB, nanoCpus: 500_000_000, pids: 100 };

describe.skipIf(!(await requires('docker', 'go', 'root')))('the kernel of this machine', () => {
  const bench = new ContractBench();
  const image = `nodectl-test/probe:k${process.pid}`;
  beforeAll(async () => {
    await importProbeImage(engineSocket(process.env), image);
    bench.subject = { engine: await openDockerEngine(process.env), image };
  });
  beforeEach(() => bench.fresh());
  afterEach(() => bench.clear());
  afterAll(() => dropImage(engineSocket(process.env), image));

  const read = async (from: number) => {
    const found = await readKernelLog({ from, to: Date.now() }, true, { kernelLog: async () => kernelLog() });
    if ('blind' in found) throw new Error(found.blind);
    return found.seen;
  };

  /** Runs what ends by want of memory, and gives its container and what the kernel said of it. */
  const killed = async (...words: string[]) => {
    const begun = Date.now();
    await bench.run(words, { limits: LIMITS });
    await bench.engine.waitForExit(bench.name);
    const container = await bench.engine.inspect(bench.name);
    const { records, since } = await read(begun);
    const kills = records.filter((record): record is OomKill => record.kind === 'oom-kill');
    return { container, since, begun, kills: kills.filter((kill) => killedInside(kill, container?.id ?? '', null)) };
  };

  test('tells of a kill at a container’s own limit, at its time', async () => {
    const { container, kills, since, begun } = await killed('hog');
    expect(container?.exitCode).toBe(137);
    expect(kills).toHaveLength(1);
    const [kill] = kills;
    expect(kill).toMatchObject({
      scope: 'limit',
      limitCgroup: kill?.victimCgroup,
      process: 'probe',
      limitBytes: 32 * MIB,
      swapLimitBytes: 0,
    });
    expect(kill?.anonBytes).toBeGreaterThan(16 * MIB);
    expect(Math.abs((kill?.at ?? 0) - (container?.finishedAt ?? 0))).toBeLessThan(5_000);
    expect(since).toBeLessThanOrEqual(begun);
  });

  test('tells of a kill of a program inside that the container outlives', async () => {
    const { container, kills } = await killed('parent');
    expect(container?.exitCode).toBe(0);
    expect(kills).toHaveLength(1);
  });

  test('is not believed to have said what a program wrote into its log', async () => {
    const id = 'ab'.repeat(32);
    const begun = Date.now();
    const cgroups = `oom_memcg=/docker/${id},task_memcg=/docker/${id}`;
    for (const priority of ['<3>', '<11>', '']) {
      writeFileSync(
        '/dev/kmsg',
        `${priority}oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${id},mems_allowed=0,${cgroups},task=geth,pid=1,uid=0\n`,
        { flag: 'a' },
      );
      writeFileSync('/dev/kmsg', `${priority}Memory cgroup out of memory: Killed process 1 (geth) total-vm:1kB, anon-rss:1kB\n`, {
        flag: 'a',
      });
    }
    const { records } = await read(begun);
    expect(records.filter((record) => JSON.stringify(record).includes(id))).toEqual([]);
    expect(records.filter((record) => 'pid' in record && record.pid === 1)).toEqual([]);
  });

  test('counts for a container while it runs', async () => {
    await bench.serve();
    const { pid = 0 } = (await bench.engine.inspect(bench.name)) ?? {};
    const counters = localHost().kernelCounters(pid);
    expect(counters).toMatchObject({ oomKills: 0 });
    expect(counters?.memoryBytes).toBeGreaterThan(0);
    expect(counters?.limitHits).toBeGreaterThanOrEqual(0);
  });
});
