import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { NodectlError } from '../../src/errors.ts';
import { BEACON_CONFIG_FILE } from '../../src/node/container-paths.ts';
import { LABEL_SPEC } from '../../src/node/labels.ts';
import { readSpec } from '../../src/node/spec.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import type { UpWorld } from '../fakes/up-world.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { mergedGenesis } from '../genesis-files.ts';
import { beaconConfig, GENESIS_TIME, genesisState } from '../node/consensus/beacon-network.ts';
import { validatesAgainst } from '../schema.ts';
import { standInBeacon } from '../stand-in/beacon.ts';

const GETH = 'nodectl-mine';
const CLIENT = `${GETH}.consensus`;
const CONFIG = 'nodectl/network/config.yaml';

let folder: string;
let world: UpWorld;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'genesis.json'), mergedGenesis({ chainId: 4711 }));
  writeFileSync(join(folder, 'genesis.ssz'), genesisState());
  configure();
  describeAs();
  world = pairWorld();
  world.answers = { ...world.answers, eth_chainId: '0x1267' };
  world.engine.tool = () => ({ exitCode: 0, stdout: 'Successfully wrote genesis state', stderr: '' });
});

const configure = (text = beaconConfig()) => writeFileSync(join(folder, 'config.yaml'), text);
const describeAs = (more = '', beacon = '') =>
  writeFileSync(
    join(folder, 'mine.yaml'),
    `kind: private\nname: mine\ngenesis: genesis.json\nbeacon: { config: config.yaml, genesisState: genesis.ssz${beacon} }\n${more}`,
  );

async function up(...words: string[]): Promise<UpReport> {
  const { code, stdout, stderr } = await world.nodectl('up', ...words, '--json');
  expect([code, stderr]).toEqual([0, '']);
  validatesAgainst('up', JSON.parse(stdout));
  return JSON.parse(stdout);
}
const named = (...words: string[]) => up('--network', join(folder, 'mine.yaml'), '--consensus', 'prysm', ...words);
const unnamed = () => up('--name', 'mine');
const files = () => world.engine.volumes.get(CLIENT)?.files;
const config = () => String(Buffer.from(files()?.get(CONFIG)?.content ?? ''));
const started = () => [GETH, CLIENT].map((name) => world.engine.containers.get(name)?.id);
const acts = ({ steps }: UpReport) => steps.map(({ kind, what }) => `${kind} ${what.includes('.consensus') ? 'client' : ''}`.trim());

const CHANGED = `${beaconConfig()}# for all of us\n`;
const REPLACED = ['create-container', 'stop-container', 'prepare-volume', 'remove-container', 'rename-container', 'start-container'];

/** As an earlier nodectl made it: its label does not tell which configuration it runs with. */
function forget(): void {
  const client = world.engine.containers.get(CLIENT);
  const { networkConfig: _, ...spec } = JSON.parse(client?.observed.labels[LABEL_SPEC] ?? '{}');
  if (client !== undefined) {
    client.observed = { ...client.observed, labels: { ...client.observed.labels, [LABEL_SPEC]: JSON.stringify(spec) } };
  }
}

describe('a configuration of a private network that changed while its genesis state did not', () => {
  test('is handed to the client, which is told and begins again with it; geth goes on', async () => {
    await named();
    const [geth, client] = started();
    configure(CHANGED);
    const report = await named();
    expect(report.drift.map(({ field, live }) => [field, live])).toEqual([['consensus network configuration', false]]);
    expect(acts(report).filter((act) => act.endsWith('client'))).toEqual(REPLACED.map((act) => `${act} client`));
    expect(report.steps.find(({ kind }) => kind === 'prepare-volume')).toMatchObject({
      what: expect.stringContaining(CONFIG),
      cause: expect.stringContaining('network configuration'),
    });
    expect([config(), started()[0]]).toEqual([CHANGED, geth]);
    expect(started()[1]).not.toBe(client);
    for (const again of [await named(), await unnamed()]) expect([again.changed, again.drift]).toEqual([false, []]);
  });

  test('is handed over as it was planned, by a run that goes on where another was cut off', async () => {
    await named();
    configure(CHANGED);
    world.engine.failNext('prepareVolume', new NodectlError('ENGINE_UNREACHABLE', 'gone'));
    expect([(await world.nodectl('up', '--network', join(folder, 'mine.yaml'))).code, config()]).toEqual([4, beaconConfig()]);
    expect((await named()).changed).toBe(true);
    expect([config(), (await named()).changed]).toEqual([CHANGED, false]);
  });

  test('is not missed by a client whose label is older, and the same one restarts none', async () => {
    await named();
    forget();
    const before = started();
    for (const again of [await named(), await unnamed()]) expect([again.changed, again.drift]).toEqual([false, []]);
    expect(started()).toEqual(before);
    configure(CHANGED);
    expect((await named()).drift.map(({ field }) => field)).toEqual(['consensus network configuration']);
    expect([config(), (await named()).changed]).toEqual([CHANGED, false]);
  });

  test('is not missed by a client that was made again without it being named', async () => {
    await named();
    await world.engine.removeContainer(CLIENT, { force: true });
    await unnamed();
    expect((await named()).changed).toBe(false);
    configure(CHANGED);
    expect([(await named()).changed, config()]).toEqual([true, CHANGED]);
  });

  test('that changes what geth’s label tells makes both anew, and holds without the profile being named', async () => {
    await named();
    configure(beaconConfig({ FULU_FORK_EPOCH: '9000' }));
    const report = await named();
    expect(report.drift.map(({ field }) => field)).toEqual(['network', 'consensus network configuration']);
    expect(report.drift[0]).toMatchObject({ from: 'nothing more', to: 'FULU at epoch 9000' });
    const spec = readSpec(world.engine.containers.get(GETH)?.observed.labels ?? {});
    expect(spec?.custom?.private?.beacon?.forks).toContainEqual({ name: 'FULU', epoch: 9000 });
    expect((await unnamed()).drift).toEqual([]);
  });
});

test('a configuration that changed is handed to geth’s own consensus too, which begins again at a fresh root', async () => {
  const genesis = { time: GENESIS_TIME * 1000, validatorsRoot: `0x${'ab'.repeat(32)}` };
  const apis = await Promise.all([1, 2].map(() => standInBeacon({ chainId: 4711, genesis, secondsPerSlot: 3, slotsPerEpoch: 8 })));
  onTestFinished(async () => {
    for (const api of apis) await api.close();
  });
  const builtin = () =>
    up('--network', join(folder, 'mine.yaml'), '--consensus', 'builtin', ...apis.flatMap(({ url }) => ['--beacon-api', url]));
  const forks = () => String(world.engine.volumes.get(GETH)?.files.get(BEACON_CONFIG_FILE)?.content);
  await builtin();
  expect([(await builtin()).changed, forks().includes('0x60000001')]).toEqual([false, true]);
  configure(beaconConfig({ ALTAIR_FORK_VERSION: '0x20000009' }));
  expect((await builtin()).drift.map(({ field }) => field)).toEqual(['network']);
  expect(forks()).toContain('0x20000009');
  for (const again of [await builtin(), await unnamed()]) expect([again.changed, again.drift]).toEqual([false, []]);
});

describe('peers of the profile that changed', () => {
  const [ENODE, PEER] = [
    `enode://${'79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'}@10.0.0.5:30303`,
    '/ip4/10.0.0.5/tcp/9000/p2p/16Uiu2HAm',
  ];

  test('are kept by both parts, also by a later run that names no profile', async () => {
    await named();
    describeAs(`staticPeers: ["${ENODE}"]\n`, `, staticPeers: ["${PEER}"]`);
    expect((await named()).drift.map(({ field }) => field)).toEqual(['network', 'consensus arguments']);
    expect(String(world.engine.volumes.get(GETH)?.files.get('nodectl/peers.toml')?.content)).toContain(ENODE);
    expect((await unnamed()).drift).toEqual([]);
    expect(world.engine.containers.get(CLIENT)?.spec.args.join(' ')).toContain(PEER);
  });
});
