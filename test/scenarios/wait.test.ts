import { type ChildProcess, execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WaitReport } from '../../src/actions/wait.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl, nodectlJson, type Ran } from './cli.ts';
import { ENGINE_SOCKET, rpc } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'tq-wait';
const CONTAINER = `nodectl-${NODE}`;
const DEV_ACCOUNT = '0x71562b71999873DB5b286dF957af199Ec94617F7';

const act = (what: 'kill' | 'start') =>
  execFileSync('curl', ['-sf', '-X', 'POST', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/${CONTAINER}/${what}`]);
/** A look that was given up may be traced after it. */
const error = (ran: Ran) => JSON.parse(ran.stderr.split('\n').findLast((line) => line.startsWith('{"error"')) ?? '{}').error;

/** Begins to wait, and acts once the command follows the engine's events and has looked at the node. */
async function whileWaiting(words: readonly string[], act: () => void): Promise<Ran & { readonly afterMs: number }> {
  let acted = 0;
  let trace = '';
  const started = (child: ChildProcess) => {
    child.stderr?.on('data', (text: Buffer) => {
      trace += text.toString();
      if (acted > 0 || !/\/events.*POST http/s.test(trace)) return;
      acted = Date.now();
      act();
    });
  };
  const ran = await nodectl(['wait', NODE, ...words, '--timeout', '60s', '--json'], { env: { NODECTL_DEBUG: '1' }, started });
  return { ...ran, afterMs: Date.now() - acted };
}

describe.skipIf(!able)('waiting for a real geth', { timeout: 60_000 }, () => {
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  let port = 0;
  beforeAll(async () => {
    await down();
    const up = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M', '--cpus', '1', '--yes'];
    const { endpoints } = await nodectlJson<{ endpoints: { http: string } }>(up);
    port = Number(new URL(endpoints.http).port);
  }, 600_000);
  afterAll(down);

  it('ends as soon as what it waits for holds, and prints what its schema says', async () => {
    const report = await nodectlJson<WaitReport>(['wait', NODE, '--for', 'rpc,synced', '--for', 'healthy']);
    validatesAgainst('wait', report);
    expect(report).toMatchObject({ met: ['rpc', 'synced', 'healthy'], state: 'at-head', head: 0, peers: 0 });
    const block = await whileWaiting(['--for', 'block=1'], () => {
      rpc(port, 'eth_sendTransaction', [{ from: DEV_ACCOUNT, to: DEV_ACCOUNT, value: '0x1' }]);
    });
    expect([block.code, JSON.parse(block.stdout).head]).toEqual([0, 1]);
  });

  it('ends with 6 and what was seen', async () => {
    const ran = await nodectl(['wait', NODE, '--for', 'rpc,peers=1', '--timeout', '1s', '--json']);
    expect([ran.code, error(ran)]).toMatchObject([6, { code: 'TIMED_OUT', facts: { 'peers=1': '0 peers' } }]);
  });

  it('ends with 2 and the list of what can be waited for', async () => {
    for (const words of [[], ['--for', ''], ['--for', 'peers=-1'], ['--for', 'block=abc'], ['--for', 'stopped,rpc']]) {
      const ran = await nodectl(['wait', NODE, ...words, '--json']);
      expect([ran.code, error(ran).hint], words.join(' ')).toEqual([2, expect.stringContaining('rpc, peers=N, block=N')]);
    }
  });

  it('ends with 7 within a second after it was killed', async () => {
    const ran = await whileWaiting(['--for', 'peers=1'], () => act('kill'));
    expect([ran.code, error(ran)]).toMatchObject([7, { code: 'CONTAINER_DIED', facts: { 'exit code': '137' } }]);
    expect(ran.afterMs).toBeLessThan(2_000);
  });

  it('ends with 0 when it stops, where that is waited for', async () => {
    act('start');
    await nodectlJson(['wait', NODE, '--for', 'rpc']);
    const ran = await whileWaiting(['--for', 'stopped'], () => void nodectl(['stop', NODE]));
    const report = JSON.parse(ran.stdout) as WaitReport;
    validatesAgainst('wait', report);
    expect([ran.code, report]).toMatchObject([0, { met: ['stopped'], state: 'stopped', exitCode: 0 }]);
    const again = await nodectl(['wait', NODE, '--for', 'rpc', '--json']);
    expect([again.code, error(again).code]).toEqual([4, 'NODE_NOT_RUNNING']);
  });
});
