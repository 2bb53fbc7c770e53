import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings, ENGINE_SOCKET, rpc } from './engine-view.ts';
import { killingProxy } from './killing-proxy.ts';

const able = await requires('docker', 'geth');
const NODE = 'ts-converge';
const UP = ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M'];

const remove = () => nodectl(['down', NODE, '--volumes', '--yes']);

/** Runs `words` and kills it with SIGKILL when the engine has carried out its `after`-th change; gives what it had done. */
async function killedAfter(
  after: number,
  words: readonly string[],
): Promise<{ readonly seen: readonly string[]; readonly killed: boolean }> {
  const socket = join(tmpdir(), `nodectl-killing-${process.pid}-${after}.sock`);
  let child: ChildProcess | undefined;
  const proxy = await killingProxy(socket, ENGINE_SOCKET, after, () => child?.kill('SIGKILL'));
  try {
    const ran = await nodectl(words, {
      env: { DOCKER_HOST: proxy.host },
      started: (process) => {
        child = process;
      },
    });
    return { seen: [...proxy.seen], killed: ran.code === null };
  } finally {
    await proxy.close();
    rmSync(socket, { force: true });
  }
}

/** The node is whole: exactly one running container and one volume, and it answers. */
function expectWhole(report: UpReport): void {
  const { containers, volumes } = belongings(NODE);
  expect(containers.map(({ Names, State }) => [Names[0], State])).toEqual([[`/nodectl-${NODE}`, 'running']]);
  expect(volumes).toEqual([`nodectl-${NODE}`]);
  expect(rpc(report.spec.ports.http, 'eth_chainId')).toBe('0x539');
}

describe.skipIf(!able)('convergence', { timeout: 600_000 }, () => {
  beforeAll(remove, 300_000);
  afterAll(remove, 300_000);

  it('ends in one container and one volume wherever a first `up` was killed', async () => {
    const steps: string[] = [];
    let origin = '';
    for (let after = 1; ; after++) {
      await remove();
      const { seen, killed } = await killedAfter(after, UP);
      if (!killed) break;
      steps.push((seen.at(-1) ?? '').replace(/[0-9a-f]{64}/, 'ID'));
      const report = await nodectlJson<UpReport>(UP);
      expectWhole(report);
      origin = report.spec.image.origin;
    }
    const owning = ['POST /containers/create', 'PUT /containers/ID/archive', 'DELETE /containers/ID'];
    expect(steps).toEqual([
      'POST /volumes/create',
      ...(origin === 'built' ? [] : owning),
      'POST /containers/create',
      `POST /containers/nodectl-${NODE}/start`,
    ]);
  });

  it('ends in one container with every option of before wherever a change was killed', async () => {
    await remove();
    await nodectlJson<UpReport>([...UP, '--cpus', '0.9']);
    const steps: string[] = [];
    for (let after = 1; ; after++) {
      const change = ['up', '--name', NODE, '--memory', after % 2 === 1 ? '640M' : '512M'];
      const { seen, killed } = await killedAfter(after, change);
      if (!killed) break;
      steps.push((seen.at(-1) ?? '').replace(/[0-9a-f]{64}/, 'ID'));
      const report = await nodectlJson<UpReport>(change);
      expectWhole(report);
      expect(report.spec).toMatchObject({ cpus: 0.9, memory: (after % 2 === 1 ? 640 : 512) * 1024 ** 2 });
    }
    expect(steps).toEqual([
      'POST /containers/create',
      'POST /containers/ID/stop',
      'DELETE /containers/ID',
      `POST /containers/nodectl-${NODE}.next/rename`,
      `POST /containers/nodectl-${NODE}/start`,
    ]);
  });

  it('ends in one container when twenty start at once', async () => {
    await remove();
    const runs = await Promise.all(Array.from({ length: 20 }, () => nodectl([...UP, '--json'])));
    expect(runs.map(({ code, stderr }) => (code === 0 ? '' : stderr))).toEqual(Array.from({ length: 20 }, () => ''));
    expectWhole(await nodectlJson<UpReport>(UP));
  });

  it('leaves a container of that name alone when it is not nodectl’s', async () => {
    await remove();
    const { image } = (await nodectlJson<UpReport>(UP)).spec;
    await remove();
    const { execFileSync } = await import('node:child_process');
    const create = [
      '-s',
      '--unix-socket',
      ENGINE_SOCKET,
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify({ Image: image.id }),
    ];
    execFileSync('curl', [...create, `http://engine/containers/create?name=nodectl-${NODE}`]);
    try {
      for (const words of [UP, ['down', NODE], ['stop', NODE]]) expect((await nodectl(words)).code).toBe(4);
    } finally {
      execFileSync('curl', ['-s', '-X', 'DELETE', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/nodectl-${NODE}`]);
    }
  });
});
