import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { GIB } from '../../src/node/size.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import type { Ran, UpWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';
import { type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';

const NAME = 'nodectl-mainnet';
const SECRET = 'hunter2';

let providers: readonly StandInBeacon[] = [];
beforeAll(async () => {
  providers = await Promise.all([standInBeacon(), standInBeacon()]);
});
afterAll(async () => {
  for (const server of providers) await server.close();
});

const pair = (...words: string[]) => ['up', '--memory', '16G', '--force', '--consensus', 'prysm', ...words, '--json'];
const whole = ({ url }: StandInBeacon) => url.replace('http://', `http://alice:${SECRET}@`).replace(/\/$/, '');
const from = () => providers.flatMap((server) => ['--checkpoint-url', whole(server)]);

function reportOf({ code, stdout, stderr }: Ran): UpReport {
  expect([code, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as UpReport;
  validatesAgainst('up', report);
  return report;
}

function errorOf({ stdout, stderr }: Ran): { code: string; message: string; hint: string } {
  expect(stdout).toBe('');
  return JSON.parse(stderr).error;
}

const kinds = (report: UpReport) => report.steps.map(({ kind, what }) => `${kind} ${what.includes('.consensus') ? 'client' : ''}`.trim());
const running = ({ engine }: UpWorld) => [...engine.containers.values()].map(({ observed }) => [observed.name, observed.state]);
const secret = ({ engine }: UpWorld, path: string) => engine.volumes.get(`${NAME}.secret`)?.files.get(path);
const askedTimes = () => providers.reduce((sum, { asked }) => sum + asked.length, 0);

async function made(): Promise<{ world: UpWorld; report: UpReport }> {
  const world = pairWorld();
  return { world, report: reportOf(await world.nodectl(...pair(...from()))) };
}

describe('up of geth with a consensus client', () => {
  test('makes both with one key, on a network of their own, geth first', async () => {
    const { world, report } = await made();
    expect(kinds(report)).toEqual([
      'provide-image',
      'provide-image',
      'create-volume',
      'prepare-volume',
      'create-network',
      'create-volume',
      'prepare-volume',
      'make-key',
      'create-container',
      'start-container',
      'create-volume client',
      'prepare-volume client',
      'create-container client',
      'start-container client',
    ]);
    expect(running(world)).toEqual([
      [NAME, 'running'],
      [`${NAME}.consensus`, 'running'],
    ]);
    expect([...world.engine.volumes.values()].map(({ name, owner, labels }) => [name, owner, labels['nodectl.node']])).toEqual(
      [NAME, `${NAME}.secret`, `${NAME}.consensus`].map((name) => [name, '1000:1000 700', 'mainnet']),
    );
    expect(secret(world, 'jwt.hex')).toMatchObject({ mode: 0o600, uid: 1000, content: expect.stringMatching(/^[0-9a-f]{64}\n$/) });
    const [geth, client] = [NAME, `${NAME}.consensus`].map((name) => world.engine.containers.get(name)?.spec);
    expect([geth?.network, client?.network, [...world.engine.networks.keys()]]).toEqual([NAME, NAME, [NAME]]);
    for (const spec of [geth, client]) {
      expect(spec?.mounts).toContainEqual({ volume: `${NAME}.secret`, target: '/secret', readOnly: true });
      expect(spec).toMatchObject({ user: '1000:1000', readOnlyRoot: true });
      expect(spec?.ports.some(({ containerPort }) => containerPort === 8551)).toBe(false);
    }
    expect(client?.args).toContain(`http://${NAME}:8551`);
  });

  test('divides the limits between them, and both are in force', async () => {
    const { world, report } = await made();
    const client = report.spec.consensus?.kind === 'client' ? report.spec.consensus : undefined;
    expect(report.spec).toMatchObject({ memory: 16 * GIB, cpus: 2 });
    expect((report.consensus?.execution.memory ?? 0) + (client?.memory ?? 0)).toBe(16 * GIB);
    expect(world.engine.containers.get(NAME)?.observed.limits.memory).toBe(report.consensus?.execution.memory);
    expect(world.engine.containers.get(`${NAME}.consensus`)?.observed.limits.memory).toBe(client?.memory);
    for (const rows of [report.limits, report.consensus?.limits ?? []]) {
      expect(rows.map(({ limit, enforced }) => [limit, enforced])).toEqual(
        ['memory', 'swap', 'cpus', 'pids'].map((limit) => [limit, true]),
      );
    }
  });

  test('keeps whole addresses in files that the parts alone read, and shows their hosts', async () => {
    const { world, report } = await made();
    const shown = providers.map(({ url }) => url.replace(/\/$/, ''));
    expect(report.spec.consensus).toMatchObject({ checkpoints: shown });
    expect(JSON.parse(String(secret(world, 'endpoints.json')?.content))).toMatchObject({
      checkpoints: providers.map(whole),
    });
    expect(secret(world, 'endpoints.json')?.mode).toBe(0o600);
    const seen = [...world.engine.containers.values()].map(({ spec }) => spec);
    expect(JSON.stringify([report, seen, [...world.engine.volumes.values()].map(({ labels }) => labels)])).not.toContain(SECRET);
  });

  test.each([[[]], [['--name', 'mainnet']]])('run again plans nothing, asks nobody and keeps the key: %j', async (words) => {
    const { world, report } = await made();
    const [key, asked] = [secret(world, 'jwt.hex')?.content, askedTimes()];
    const again = reportOf(await world.nodectl('up', '--json', '--force', ...words));
    expect(again).toMatchObject({ changed: false, steps: [], drift: [], spec: report.spec });
    expect([secret(world, 'jwt.hex')?.content, askedTimes()]).toEqual([key, asked]);
  });

  test('changes CPUs of both while they run', async () => {
    const { world } = await made();
    const report = reportOf(await world.nodectl('up', '--cpus', '1', '--force', '--json'));
    expect(kinds(report)).toEqual(['update-limits', 'update-limits client']);
    expect(report.drift.map(({ field, live }) => [field, live])).toEqual([
      ['cpus', true],
      ['consensus cpus', true],
    ]);
    expect(reportOf(await world.nodectl('up', '--force', '--json')).spec.cpus).toBe(1);
  });

  test('starts what is stopped, geth before its client', async () => {
    const { world } = await made();
    for (const name of [`${NAME}.consensus`, NAME]) await world.engine.stopContainer(name, 1);
    expect(kinds(reportOf(await world.nodectl('up', '--force', '--json')))).toEqual([
      'create-network',
      'start-container',
      'start-container client',
    ]);
  });

  test('makes the client again where only its container is gone, from what it has begun', async () => {
    const { world, report } = await made();
    const asked = askedTimes();
    await world.engine.removeContainer(`${NAME}.consensus`, { force: true });
    const again = reportOf(await world.nodectl('up', '--force', '--json'));
    expect(kinds(again).filter((kind) => kind.endsWith('client'))).toEqual([
      'prepare-volume client',
      'create-container client',
      'start-container client',
    ]);
    expect([again.spec.consensus, askedTimes()]).toEqual([report.spec.consensus, asked]);
  });

  test('takes the client away before geth is changed where nobody shall tell it its head, and keeps every volume', async () => {
    const { world } = await made();
    const report = reportOf(await world.nodectl('up', '--consensus', 'none', '--force', '--json'));
    expect(kinds(report).slice(0, 2)).toEqual(['stop-container client', 'remove-container client']);
    expect(running(world)).toEqual([[NAME, 'running']]);
    expect([...world.engine.volumes.keys()]).toEqual([NAME, `${NAME}.secret`, `${NAME}.consensus`]);
    expect(reportOf(await world.nodectl('up', '--force', '--json'))).toMatchObject({ changed: false, consensus: null });
  });

  test('refuses a client that cannot read the database of another', async () => {
    const { world } = await made();
    const ran = await world.nodectl('up', '--consensus', 'nimbus', '--force', '--json');
    expect([ran.code, errorOf(ran).code]).toEqual([2, 'WRONG_VOLUME']);
    expect(running(world)).toHaveLength(2);
  });

  test('makes nothing where the providers do not agree', async () => {
    const world = pairWorld();
    const [url = ''] = from().slice(1);
    const ran = await world.nodectl('up', '--memory', '16G', '--consensus', 'prysm', '--checkpoint-url', url, '--json');
    expect([ran.code, errorOf(ran).code]).toEqual([4, 'ENDPOINTS_REFUSED']);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain(SECRET);
    expect([world.engine.containers.size, world.engine.volumes.size, world.engine.networks.size]).toEqual([0, 0, 0]);
  });

  test.each(['volume .consensus', 'volume .secret', 'network '])('makes nothing where its %s is somebody else’s', async (what) => {
    const [kind, ending] = what.split(' ');
    const world = pairWorld();
    const foreign = { name: `${NAME}${ending}`, labels: { theirs: 'yes' } };
    await (kind === 'volume' ? world.engine.createVolume(foreign) : world.engine.createNetwork(foreign));
    const ran = await world.nodectl(...pair(...from()));
    expect([ran.code, errorOf(ran).code]).toEqual([4, 'NAME_TAKEN']);
    expect(errorOf(ran).hint).toContain(foreign.name);
    const { containers, volumes, networks } = world.engine;
    expect([containers.size, ...[...volumes.values(), ...networks.values()].map(({ labels }) => labels)]).toEqual([0, foreign.labels]);
  });

  test('leaves a foreign container under the client’s name alone', async () => {
    const { world } = await made();
    const client = world.engine.containers.get(`${NAME}.consensus`);
    await world.engine.removeContainer(`${NAME}.consensus`, { force: true });
    if (client) await world.engine.createContainer({ ...client.spec, labels: {} });
    const ran = await world.nodectl('up', '--force', '--json');
    expect([ran.code, errorOf(ran).code]).toEqual([4, 'NAME_TAKEN']);
  });
});
