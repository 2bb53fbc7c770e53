import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrowReport } from '../../src/actions/grow-storage.ts';
import type { StartedReport } from '../../src/actions/start.ts';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { type Block, fillChain, ROOMY_DEV } from './chain-filler.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { engineGet, receipt, rpc } from './engine-view.ts';

const able = await requires('docker', 'geth', 'loop');
const NODE = 'ts-full';
const MIB = 2 ** 20;
/** Below which geth closes its database, as `up` told it for this memory. */
const RESERVE = 512 * MIB;
/** What is left to geth to fill by itself. */
const LEFT = 64 * MIB;

interface Inspected {
  readonly State: { readonly Status: string; readonly ExitCode: number };
  readonly RestartCount: number;
}

const container = () => engineGet<Inspected>(`/containers/nodectl-${NODE}/json`);
/** Bytes, of a filesystem that nobody has mounted any more. */
const freeAfterwards = () => {
  const told = execFileSync('dumpe2fs', ['-h', `/dev/nodectl/nodectl-${NODE}`], { encoding: 'utf8', stdio: 'pipe' });
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(told)?.[1]);
  return field('Free blocks') * field('Block size');
};
const logs = (since = 0) => {
  const words = ['logs', '--since', String(since), `nodectl-${NODE}`];
  return execFileSync('sh', ['-c', 'exec docker "$@" 2>&1', 'sh', ...words], { encoding: 'utf8', maxBuffer: 64 * MIB });
};

describe.skipIf(!able)('a chain that fills its filesystem', { timeout: 600_000 }, () => {
  let port = 0;
  let newest: Block;
  /** Of blocks that were seen, in their order. */
  const mined: string[] = [];
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);

  beforeAll(async () => {
    await down();
    const limits = ['--memory', '512M', '--storage', '2G', '--storage-mode', 'sized'];
    const up = await nodectl(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', ...limits, '--json', '--', ...ROOMY_DEV]);
    port = (JSON.parse(up.stdout) as UpReport).spec.ports.http;
  }, 600_000);
  afterAll(down);

  it('is closed by geth itself before a write fails', async () => {
    const { Mountpoint } = engineGet<{ readonly Mountpoint: string }>(`/volumes/nodectl-${NODE}`);
    const free = () => {
      const { bavail, bsize } = statfsSync(Mountpoint);
      return bavail * bsize;
    };
    execFileSync('fallocate', ['-l', String(free() - RESERVE - LEFT), join(Mountpoint, 'filler')]);
    let sent = 0;
    const deadline = Date.now() + 300_000;
    for (;;) {
      expect(Date.now(), `${free()} bytes are free, and geth goes on`).toBeLessThan(deadline);
      const filled = fillChain(port, 40, sent);
      if (filled === undefined) break;
      newest = filled.newest;
      sent += filled.sent.length;
      mined.push(...newest.transactions);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    while (container().State.Status === 'running') await new Promise((resolve) => setTimeout(resolve, 200));
    expect(container()).toMatchObject({ State: { Status: 'exited', ExitCode: 0 }, RestartCount: 0 });
    const said = logs();
    expect(said).toContain('Low disk space. Gracefully shutting down Geth to prevent database corruption.');
    expect(said).not.toMatch(/no space left on device/i);
    expect(Number(newest.number)).toBeGreaterThan(10);
    expect(freeAfterwards()).toBeGreaterThan(RESERVE / 2);
  });

  it('goes on after it grew, with a clean database and every block', async () => {
    expect(await nodectlJson<GrowReport>(['storage', 'grow', '3G', NODE])).toMatchObject({ changed: true, inUse: false });
    const begun = Math.floor(Date.now() / 1000);
    const { start } = await nodectlJson<StartedReport>(['start', NODE]);
    expect(start).toMatchObject({ uncleanEnd: null, headFell: null });
    expect(start.ready?.head ?? 0).toBeGreaterThanOrEqual(Number(newest.number));
    expect(logs(begun)).not.toMatch(/unclean shutdown|rewinding|head state missing|truncating/i);
    expect(rpc<Block>(port, 'eth_getBlockByNumber', [newest.number, false]).hash).toBe(newest.hash);
    for (const hash of [mined[0], mined.at(-1)]) {
      const { contractAddress } = (await receipt(port, hash ?? '')) as unknown as { readonly contractAddress: string };
      expect(rpc<string>(port, 'eth_getCode', [contractAddress, 'latest']).length).toBe(2 + 2 * 24_576);
    }
  });
});
