import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DownReport } from '../../src/actions/down.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, engineGet, engineVolume, receipt, rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'ts-dev';
const UP = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '1G', '--swap', '1G', '--cpus', '0.5'];
const DEV_ACCOUNT = '0x71562b71999873DB5b286dF957af199Ec94617F7';
const GIB = 1024 ** 3;

interface Inspect {
  readonly Id: string;
  readonly State: { readonly Pid: number };
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly Config: { readonly User: string; readonly StopTimeout: number };
}

const inspect = () => engineGet<Inspect>(`/containers/nodectl-${NODE}/json`);

function cgroupFile(controller: string, file: string): string {
  const line = readFileSync(`/proc/${inspect().State.Pid}/cgroup`, 'utf8')
    .split('\n')
    .find((row) => row.split(':')[1]?.split(',').includes(controller) || row.startsWith('0::'));
  const path = line?.split(':').slice(2).join(':') ?? '';
  const v1 = `/sys/fs/cgroup/${controller}${path}/${file}`;
  return readFileSync(existsSync(v1) ? v1 : `/sys/fs/cgroup${path}/${file}`, 'utf8').trim();
}

describe.skipIf(!able)('a dev node from one command', { timeout: 300_000 }, () => {
  let report: UpReport;
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);

  beforeAll(async () => {
    await down();
    report = await nodectlJson<UpReport>(UP);
  }, 600_000);
  afterAll(down);

  it('answers JSON-RPC on the published port when `up` returns', () => {
    expect(rpc(report.spec.ports.http, 'eth_chainId')).toBe('0x539');
    expect(report.start?.ready?.head).toBe(0);
  });

  it('has every limit in force by the kernel', () => {
    expect(report.limits.map(({ limit, enforced }) => [limit, enforced])).toEqual([
      ['memory', true],
      ['swap', true],
      ['cpus', true],
      ['pids', true],
    ]);
    const v1 = existsSync('/sys/fs/cgroup/memory');
    expect(Number(cgroupFile('memory', v1 ? 'memory.limit_in_bytes' : 'memory.max'))).toBe(GIB);
    const swap = Number(cgroupFile('memory', v1 ? 'memory.memsw.limit_in_bytes' : 'memory.swap.max'));
    expect(swap).toBe(v1 ? 2 * GIB : GIB);
    const cpu = v1 ? cgroupFile('cpu', 'cpu.cfs_quota_us') : cgroupFile('cpu', 'cpu.max').split(' ')[0];
    expect(Number(cpu)).toBe(50_000);
  });

  it('runs without privileges, as no root, and with geth’s own time to close', () => {
    const { HostConfig, Config } = inspect();
    expect(HostConfig).toMatchObject({ CapDrop: ['ALL'], ReadonlyRootfs: true, SecurityOpt: ['no-new-privileges'], PidsLimit: 512 });
    expect(Config).toMatchObject({ User: '1000:1000', StopTimeout: 300 });
  });

  it('plans nothing the second time, whether the options are said again or left out', async () => {
    const before = inspect().Id;
    for (const words of [UP, ['up', '--name', NODE]]) {
      const again = await nodectlJson<UpReport>(words);
      expect(again).toMatchObject({ changed: false, steps: [], drift: [] });
    }
    expect(inspect().Id).toBe(before);
  });

  it('keeps a mined block through down and up', async () => {
    const { http } = report.spec.ports;
    const hash = rpc<string>(http, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
    const { blockHash: block } = await receipt(http, hash);
    const ended = await nodectlJson<DownReport>(['down', NODE]);
    expect(ended).toMatchObject({ stop: { shutdown: { clean: true, exitCode: 0 }, head: 1 }, removed: { volume: null } });
    expect(belongings(NODE)).toMatchObject({ containers: [], volumes: [`nodectl-${NODE}`] });
    report = await nodectlJson<UpReport>(UP);
    expect(rpc<{ hash: string }>(report.spec.ports.http, 'eth_getBlockByNumber', ['0x1', false]).hash).toBe(block);
  });

  it('closes in good order also when it is stopped at the moment it answers', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await nodectlJson(['restart', NODE])).toMatchObject({ stop: { shutdown: { clean: true } }, start: { headFell: null } });
    }
  });

  it('changes CPUs on the living container', async () => {
    const before = inspect().Id;
    const changed = await nodectlJson<UpReport>(['up', '--name', NODE, '--cpus', '1']);
    expect(changed.drift).toEqual([{ field: 'cpus', from: '0.5', to: '1', live: true }]);
    expect(changed.steps.map((step) => step.kind)).toEqual(['update-limits']);
    expect(inspect().Id).toBe(before);
    expect((await nodectlJson<UpReport>(['up', '--name', NODE])).changed).toBe(false);
  });

  it('replaces the container for another memory, since geth’s cache follows it, and keeps the chain', async () => {
    const before = inspect().Id;
    const changed = await nodectlJson<UpReport>(['up', '--name', NODE, '--memory', '2G']);
    expect(changed.drift.map(({ field }) => field)).toEqual(['memory', 'geth arguments']);
    expect(inspect().Id).not.toBe(before);
    expect(rpc(changed.spec.ports.http, 'eth_blockNumber')).toBe('0x1');
    expect(changed.spec.cpus).toBe(1);
    expect(belongings(NODE).containers).toHaveLength(1);
  });

  it('loses no block to a SIGKILL, since every state of a chain of one’s own is written at once', async () => {
    const { http } = report.spec.ports;
    for (let sent = 0; sent < 3; sent++) {
      const hash = rpc<string>(http, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
      await receipt(http, hash);
    }
    const before = Number(rpc<string>(http, 'eth_blockNumber'));
    const { Pid } = inspect().State;
    process.kill(Pid, 'SIGKILL');
    await until(() => (inspect().State.Pid !== Pid && inspect().State.Pid > 0 ? true : undefined), 'the engine to start it again');
    const after = await nodectlJson<UpReport>(['up', '--name', NODE]);
    expect(Number(rpc<string>(http, 'eth_blockNumber'))).toBe(before);
    expect(after.start?.headFell).toBeNull();
  });
});

describe.skipIf(!able)('a chain that was begun by nodectl 0.1, as geth keeps it by default', { timeout: 300_000 }, () => {
  const OLD = 'ts-begun-before';
  const down = () => nodectl(['down', OLD, '--volumes', '--yes']);
  beforeAll(down, 60_000);
  afterAll(down);

  it('goes on as it was begun, and is told how far its head fell after a SIGKILL', async () => {
    engineVolume(`nodectl-${OLD}`, { 'nodectl.node': OLD, 'nodectl.role': 'execution', 'nodectl.network': 'dev' });
    const made = await nodectlJson<UpReport>(['up', '--name', OLD, '--network', 'dev', '--port', 'auto', '--memory', '1G', '--swap', '0']);
    expect(made.spec.scheme).toBeNull();
    const { http } = made.spec.ports;
    const hash = rpc<string>(http, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
    await receipt(http, hash);
    await nodectlJson(['status', OLD]);
    const inspectOld = () => engineGet<Inspect>(`/containers/nodectl-${OLD}/json`);
    const { Pid } = inspectOld().State;
    process.kill(Pid, 'SIGKILL');
    await until(() => (inspectOld().State.Pid !== Pid && inspectOld().State.Pid > 0 ? true : undefined), 'the engine to start it again');
    const after = await nodectlJson<UpReport>(['up', '--name', OLD]);
    expect(after.start?.headFell).toEqual({ from: 1, to: 0 });
    expect((await nodectlJson<UpReport>(['up', '--name', OLD])).start?.headFell).toBeNull();
  });
});
