import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeList } from '../../src/actions/list-nodes.ts';
import { localHost } from '../../src/adapters/local-host.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import type { LogLine } from '../../src/ports/engine.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { ENGINE_SOCKET, engineGet, receipt, rpc } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'td-status';
const CONTAINER = `nodectl-${NODE}`;
const DEV_ACCOUNT = '0x71562b71999873DB5b286dF957af199Ec94617F7';
const MIB = 1024 ** 2;

interface Inspect {
  readonly Id: string;
  readonly State: { readonly Pid: number };
  readonly Mounts: readonly { readonly Source: string }[];
}
interface Stats {
  readonly memory_stats: { readonly usage: number; readonly stats: Readonly<Record<string, number>> };
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
}

const inspect = () => engineGet<Inspect>(`/containers/${CONTAINER}/json`);
const act = (what: 'kill' | 'start') =>
  execFileSync('curl', ['-sf', '-X', 'POST', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/${CONTAINER}/${what}`]);
const status = (exit = 0) => nodectlJson<NodeStatus>(['status', NODE, '--timeout', '20s'], { exit });

describe.skipIf(!able)('status, ls and logs of a real geth', { timeout: 120_000 }, () => {
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  beforeAll(async () => {
    await down();
    const up = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '1G', '--swap', '512M', '--cpus', '1', '--yes'];
    await nodectlJson(up);
  }, 600_000);
  afterAll(down);

  it('tells limits, use, version and head, and agrees with the engine and with geth', async () => {
    const report = await status();
    validatesAgainst('status', report);
    expect(report).toMatchObject({
      healthy: true,
      container: { id: inspect().Id, state: 'running' },
      limits: { memoryBytes: 1024 * MIB, swapBytes: 512 * MIB, cpus: 1 },
      geth: { version: '1.17.8', answersAs: expect.stringContaining('Geth/v1.17.8') },
      sync: { state: 'at-head' },
      head: { number: 0 },
      peers: 0,
    });
    const port = Number(new URL(report.endpoints.http ?? '').port);
    const hash = rpc<string>(port, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
    await receipt(port, hash);
    const { head } = await status();
    expect(head).toMatchObject({ number: 1, hash: rpc<{ hash: string }>(port, 'eth_getBlockByNumber', ['0x1', false]).hash });
    expect(head?.ageMs).toBeLessThan(60_000);
  });

  it("reads memory, CPU time, limits and disk from the kernel as the engine's statistics and du do", async () => {
    const { State, Id, Mounts } = inspect();
    const host = localHost();
    const limits = host.kernelLimits(State.Pid);
    expect(limits).toMatchObject({ memory: 1024 * MIB, swap: 512 * MIB, cpus: 1, pids: 512 });
    expect(Object.values(limits?.sources ?? {}).some((file) => file.includes(Id))).toBe(true);

    const usage = host.kernelUsage(State.Pid);
    const stats = engineGet<Stats>(`/containers/${CONTAINER}/stats?stream=false&one-shot=true`);
    const cache = stats.memory_stats.stats.total_inactive_file ?? stats.memory_stats.stats.inactive_file ?? 0;
    expect(Math.abs((usage?.memory ?? 0) - (stats.memory_stats.usage - cache))).toBeLessThan(16 * MIB);
    expect(stats.cpu_stats.cpu_usage.total_usage - (usage?.cpuNanoseconds ?? 0)).toBeGreaterThanOrEqual(0);
    expect(stats.cpu_stats.cpu_usage.total_usage / (usage?.cpuNanoseconds ?? 0)).toBeLessThan(1.5);

    const volume = Mounts[0]?.Source ?? '';
    const du = Number(execFileSync('du', ['-s', '-B1', volume], { encoding: 'utf8' }).split('\t')[0]);
    expect(Math.abs(((await host.directorySize(volume, Date.now() + 10_000)) ?? 0) - du)).toBeLessThan(MIB);
  });

  it('is in the list with what it is', async () => {
    const list = await nodectlJson<NodeList>(['ls']);
    validatesAgainst('ls', list);
    expect(list.nodes.find(({ node }) => node === NODE)).toMatchObject({ state: 'running', network: 'dev', memoryBytes: 1024 * MIB });
  });

  it('prints the log as text and as NDJSON', async () => {
    const { stdout } = await nodectl(['logs', NODE]);
    expect(stdout).toContain('HTTP server started');
    const lines = (await nodectl(['logs', NODE, '--json', '--tail', '3'])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const document = JSON.parse(line) as LogLine;
      validatesAgainst('logs', document);
      expect(Date.parse(document.time)).toBeGreaterThan(0);
    }
  });

  it('follows the log until geth ends, then tells of a dead node with exit 3', async () => {
    const following = nodectl(['logs', NODE, '-f'], {
      started: (child) => child.stdout?.once('data', () => act('kill')),
    });
    expect((await following).code).toBe(0);
    const report = await status(3);
    validatesAgainst('status', report);
    expect(report).toMatchObject({ healthy: false, sync: { state: 'dead' }, container: { state: 'exited', exitCode: 137 }, head: null });
  });

  it('ends with 130 when the person interrupts the following', async () => {
    act('start');
    const following = nodectl(['logs', NODE, '-f'], {
      started: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    expect(await following).toMatchObject({ code: 130, stderr: '' });
  });
});
