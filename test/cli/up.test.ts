import { describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { type Ran, type UpWorld, upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

const UP = ['up', '--network', 'dev', '--memory', '1G', '--cpus', '0.5', '--json'];

function reportOf({ code, stdout, stderr }: Ran): UpReport {
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as UpReport;
  validatesAgainst('up', report);
  return report;
}

function errorOf({ stdout, stderr }: Ran): { code: string; message: string; hint: string } {
  expect(stdout).toBe('');
  const document = JSON.parse(stderr);
  validatesAgainst('error', document);
  return document.error;
}

const kinds = (report: UpReport) => report.steps.map(({ kind }) => kind);
const mark = ({ engine }: UpWorld) => engine.calls.length;
const CHANGING = ['createVolume', 'prepareVolume', 'createContainer', 'startContainer', 'stopContainer', 'removeContainer', 'removeVolume'];
const changes = ({ engine }: UpWorld, since = 0) =>
  engine.calls.slice(since).filter((call) => [...CHANGING, 'renameContainer', 'updateLimits', 'pullImage', 'loadImage'].includes(call));

describe('up', () => {
  test('makes a node from nothing and proves it', async () => {
    const world = upWorld();
    const report = reportOf(await world.nodectl(...UP));
    expect(kinds(report)).toEqual(['provide-image', 'create-volume', 'prepare-volume', 'create-container', 'start-container']);
    expect(report).toMatchObject({ node: 'dev', changed: true, dryRun: false, drift: [], start: { ready: { head: 12 }, headFell: null } });
    expect(report.limits.map(({ limit, enforced }) => [limit, enforced])).toEqual(
      ['memory', 'swap', 'cpus', 'pids'].map((limit) => [limit, true]),
    );
    expect([...world.engine.containers.keys()]).toEqual(['nodectl-dev']);
    expect(world.engine.volumes.get('nodectl-dev')?.owner).toBe('1000:1000 700');
  });

  test.each([[UP], [['up', '--network', 'dev', '--json']], [['up', '--name', 'dev', '--json']]])(
    'run again plans nothing and changes nothing: %j',
    async (words) => {
      const world = upWorld();
      const first = reportOf(await world.nodectl(...UP));
      const before = mark(world);
      const second = reportOf(await world.nodectl(...words));
      expect(second).toMatchObject({ changed: false, steps: [], drift: [], spec: first.spec });
      expect(changes(world, before)).toEqual([]);
    },
  );

  test('provides the pinned image again where somebody removed it and a change needs it', async () => {
    const world = upWorld();
    const first = reportOf(await world.nodectl(...UP));
    for (const gone of world.engine.images.splice(0)) for (const tag of gone.tags) world.engine.registry.set(tag, gone);
    const report = reportOf(await world.nodectl('up', '--network', 'dev', '--memory', '2G', '--json'));
    expect(kinds(report)).toContain('provide-image');
    expect(report.spec).toMatchObject({ geth: first.spec.geth, memory: 2 * 1024 ** 3, cpus: 0.5 });
    expect([...world.engine.containers.keys()]).toEqual(['nodectl-dev']);
  });

  test('applies changed CPUs to the running container', async () => {
    const world = upWorld();
    reportOf(await world.nodectl(...UP));
    const id = world.engine.containers.get('nodectl-dev')?.id;
    const report = reportOf(await world.nodectl('up', '--network', 'dev', '--cpus', '1', '--json'));
    expect(kinds(report)).toEqual(['update-limits']);
    expect(report.drift).toEqual([{ field: 'cpus', from: '0.5', to: '1', live: true }]);
    expect(world.engine.containers.get('nodectl-dev')?.id).toBe(id);
    expect(reportOf(await world.nodectl(...UP, '--cpus', '1')).changed).toBe(false);
  });

  test('makes a new container for changed memory, and keeps volume and other options', async () => {
    const world = upWorld();
    reportOf(await world.nodectl(...UP));
    const born = world.engine.volumes.get('nodectl-dev')?.createdAt;
    const report = reportOf(await world.nodectl('up', '--network', 'dev', '--memory', '2G', '--json'));
    expect(kinds(report)).toEqual(['create-container', 'stop-container', 'remove-container', 'rename-container', 'start-container']);
    expect(report.spec).toMatchObject({ memory: 2 * 2 ** 30, swap: 2 ** 30, cpus: 0.5 });
    expect([...world.engine.containers.keys()]).toEqual(['nodectl-dev']);
    expect(world.engine.volumes.get('nodectl-dev')?.createdAt).toBe(born);
    expect(changes(world)).not.toContain('removeVolume');
  });

  test('changes nothing in a dry run, before and after', async () => {
    const world = upWorld();
    const fresh = reportOf(await world.nodectl(...UP, '--dry-run'));
    expect(kinds(fresh)[0]).toBe('provide-image');
    expect(fresh).toMatchObject({ dryRun: true, changed: false, start: null, limits: [] });
    expect([changes(world), world.engine.containers.size, world.engine.volumes.size]).toEqual([[], 0, 0]);
    reportOf(await world.nodectl(...UP));
    const before = mark(world);
    const planned = await world.nodectl('plan', '--network', 'dev', '--memory', '2G', '--json');
    expect(planned.code).toBe(0);
    expect(changes(world, before)).toEqual([]);
  });

  test('leaves a foreign container and a foreign volume alone', async () => {
    const world = upWorld();
    const { spec } = reportOf(await upWorld().nodectl(...UP));
    const foreign = {
      name: 'nodectl-dev',
      image: spec.image.id,
      args: [],
      env: {},
      labels: {},
      user: '',
      mounts: [],
      tmpfs: {},
      ports: [],
    };
    const limits = { memory: 2 ** 30, memorySwap: 2 ** 31, nanoCpus: 1e9, pids: 10 };
    const rest = {
      limits,
      stopTimeoutSeconds: 1,
      restart: 'no',
      log: { maxSize: '1m', maxFiles: 1 },
      readOnlyRoot: true,
      network: 'none',
    } as const;
    await world.engine.createContainer({ ...foreign, ...rest });
    const before = mark(world);
    for (const words of [UP, ['down', 'dev', '--json'], ['stop', 'dev', '--json']]) {
      const ran = await world.nodectl(...words);
      expect([ran.code, errorOf(ran).code]).toEqual([4, 'NAME_TAKEN']);
    }
    expect(changes(world, before)).toEqual([]);

    const other = upWorld();
    await other.engine.createVolume({ name: 'nodectl-dev', labels: {} });
    expect((await other.nodectl(...UP)).code).toBe(4);
    expect(other.engine.containers.size).toBe(0);
  });

  test('starts what is stopped, and asks no image for it', async () => {
    const world = upWorld();
    reportOf(await world.nodectl(...UP));
    expect((await world.nodectl('stop', 'dev')).code).toBe(0);
    world.engine.images.splice(0);
    const report = reportOf(await world.nodectl(...UP));
    expect(kinds(report)).toEqual(['start-container']);
    expect(report.start).toMatchObject({ uncleanEnd: null });
  });

  test('tells of an unclean death and how far the head fell', async () => {
    const world = upWorld();
    reportOf(await world.nodectl(...UP));
    world.engine.containers.get('nodectl-dev')?.end(137, { oomKilled: true });
    world.answers = { ...world.answers, eth_getBlockByNumber: () => ({ number: '0x0', hash: '0xab', timestamp: '0x68000000' }) };
    expect(reportOf(await world.nodectl(...UP)).start).toMatchObject({ headFell: { from: 12, to: 0 }, uncleanEnd: expect.any(String) });
  });

  test('tries an image that nobody has once, and says so', async () => {
    const world = upWorld();
    const ran = await world.nodectl('up', '--network', 'dev', '--image', 'nobody/geth:v1', '--json');
    expect([ran.code, errorOf(ran).code]).toEqual([5, 'NO_SUCH_IMAGE']);
    expect(changes(world)).toEqual(['pullImage']);
  });

  test('takes another version of geth, and an image of the user’s own', async () => {
    const world = upWorld();
    world.engine.images.push(fakeImage('mine/geth:v1', { labels: {} }));
    reportOf(await world.nodectl(...UP));
    expect(reportOf(await world.nodectl('up', '--network', 'dev', '--geth-version', '1.16.9', '--json')).spec.geth).toBe('1.16.9');
    world.engine.program = (args) => ({
      lines: [{ stream: 'stdout', text: 'Geth\nVersion: 1.17.8-stable' }],
      ...(args[0] === 'version' ? { exitCode: 0 } : {}),
    });
    const mine = ['up', '--network', 'dev', '--image', 'mine/geth:v1', '--json'];
    expect(reportOf(await world.nodectl(...mine)).spec).toMatchObject({ geth: '1.17.8', image: { ref: 'mine/geth:v1', origin: 'given' } });
    expect(reportOf(await world.nodectl(...mine))).toMatchObject({ changed: false, steps: [] });
  });
});
