import { describe, expect, test } from 'vitest';
import { type AskedPort, choosePorts } from '../../src/actions/choose-ports.ts';
import { errorOfPromise } from '../error-code.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';

const OWN = { http: 8545, ws: 8546, p2p: null };

interface Scene {
  readonly asked?: AskedPort;
  readonly present?: typeof OWN;
  readonly peers?: boolean;
  /** Ports that programs outside the engine hold, as `ip:port/protocol`. */
  readonly held?: readonly string[];
  /** Other nodes' RPC ports, running. */
  readonly others?: readonly number[];
  /** And of nodes that are stopped. */
  readonly stopped?: readonly number[];
  readonly local?: boolean;
  /** Whether the node's own container runs. */
  readonly running?: boolean;
}

async function choose({ asked, present, peers = false, held = [], others = [], stopped = [], local = true, running = true }: Scene) {
  const { engine, world, add } = fakeNodes({ portTaken: async (ip, port, protocol) => held.includes(`${ip}:${port}/${protocol}`) });
  for (const http of others) await add(`other-${http}`, rpcOn(http));
  for (const http of stopped) {
    await add(`resting-${http}`, rpcOn(http));
    await engine.stopContainer(`nodectl-resting-${http}`, 1);
  }
  if (present !== undefined && running) await add('dev', { ports: present });
  return choosePorts(
    { asked, present, peers, container: 'nodectl-dev', running: present !== undefined && running },
    engine,
    { ...FAKE_INFO, local },
    await world.host(),
  );
}

const refusal = async (scene: Scene) => {
  const error = await errorOfPromise(choose(scene));
  expect(error).toMatchObject({ code: 'PORT_TAKEN', exit: 4 });
  return error.message;
};

describe('the ports of a node', () => {
  test.each<[string, Scene, object]>([
    ['are geth’s own', {}, { http: 8545, ws: 8546, p2p: null }],
    ['have one for peers where the network has them', { peers: true }, { http: 8545, ws: 8546, p2p: 30_303 }],
    ['are those asked', { asked: 9000 }, { http: 9000, ws: 9001, p2p: null }],
    ['stay what they are', { present: OWN, held: ['127.0.0.1:8545/tcp'] }, OWN],
    ['stay what they are with auto too', { present: OWN, asked: 'auto' }, OWN],
    ['change when others are asked', { present: OWN, asked: 9000 }, { http: 9000, ws: 9001, p2p: null }],
    ['are those asked, though a stopped node has them too', { asked: 8545, stopped: [8545] }, OWN],
    ['may move onto the node’s own', { present: OWN, asked: 8546 }, { http: 8546, ws: 8547, p2p: null }],
  ])('%s', async (_what, scene, ports) => {
    expect(await choose(scene)).toEqual(ports);
  });
});

describe('auto finds free ports', () => {
  test.each<[string, Scene, object]>([
    ['the first when all are free', {}, { http: 8545, ws: 8546, p2p: null }],
    ['past another node', { others: [8545] }, { http: 8547, ws: 8548, p2p: null }],
    ['past a node that is stopped, which would not start again', { stopped: [8545] }, { http: 8547, ws: 8548, p2p: null }],
    ['past a program on the second of a pair', { held: ['127.0.0.1:8546/tcp'] }, { http: 8547, ws: 8548, p2p: null }],
    ['past both', { others: [8545, 8547], held: ['127.0.0.1:8549/tcp'] }, { http: 8551, ws: 8552, p2p: null }],
    ['for a stopped node whose ports another took', { present: OWN, running: false, others: [8545] }, { http: 8547, ws: 8548, p2p: null }],
    [
      'for a stopped node: its own, when they are still free',
      { present: { http: 9000, ws: 9001, p2p: null }, running: false },
      { http: 9000, ws: 9001, p2p: null },
    ],
    ['for peers, by TCP and UDP', { peers: true, held: ['0.0.0.0:30303/udp', '0.0.0.0:30304/tcp'] }, { http: 8545, ws: 8546, p2p: 30_305 }],
    [
      'by the engine alone where its host is remote',
      { local: false, others: [8545], held: ['127.0.0.1:8547/tcp'] },
      { http: 8547, ws: 8548, p2p: null },
    ],
  ])('%s', async (_what, scene, ports) => {
    expect(await choose({ ...scene, asked: 'auto' })).toEqual(ports);
  });

  test('or PORT_TAKEN after a bounded search', async () => {
    const held = Array.from({ length: 2000 }, (_, index) => `127.0.0.1:${8545 + index}/tcp`);
    await refusal({ asked: 'auto', held });
  });
});

describe('a port in use is PORT_TAKEN before anything is made', () => {
  test('by another container, which is named', async () => {
    expect(await refusal({ others: [8545] })).toContain('nodectl-other-8545');
    expect(await refusal({ asked: 9001, others: [9000] })).toContain('nodectl-other-9000');
  });

  test.each(['127.0.0.1:8545/tcp', '127.0.0.1:8546/tcp', '0.0.0.0:30303/tcp', '0.0.0.0:30303/udp'])('by a program: %s', async (held) => {
    await refusal({ peers: true, held: [held] });
  });

  test('but not by a program on another address or protocol', async () => {
    expect(await choose({ held: ['127.0.0.1:8545/udp', '10.0.0.1:8545/tcp'] })).toEqual(OWN);
  });
});
