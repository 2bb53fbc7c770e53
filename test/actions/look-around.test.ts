import { expect, test } from 'vitest';
import { lookAround } from '../../src/actions/look-around.ts';
import { recallFree } from '../../src/actions/recall-free.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { HostQuestions } from '../../src/ports/host-questions.ts';
import type { JournalRecord, World } from '../../src/ports.ts';
import { FakeMachine } from '../fakes/fake-machine.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const HOUR = 3_600_000;
const ASKED = { network: undefined, memory: undefined, swap: undefined, storage: undefined, cpus: undefined, runtime: undefined };

const QUESTIONS: HostQuestions = { portTaken: async () => false, ask: async () => undefined, syncTimes: async () => undefined };

function around(over: Partial<World> = {}) {
  const nodes = fakeNodes();
  const machine = new FakeMachine();
  const world: World = { ...nodes.world, hostFiles: async () => machine.hostFiles, hostQuestions: async () => QUESTIONS, ...over };
  return { ...nodes, machine, world };
}

test('every node is inspected, what only bears our label is not one', async () => {
  const { world, engine, add } = around();
  await add('b', { ports: { http: 9001, ws: 9002, p2p: null } });
  await add('a');
  const helper = [...engine.containers.values()][0]?.spec;
  if (helper === undefined) throw new Error('no node was made');
  await engine.createContainer({ ...helper, name: 'x.helper', labels: { 'nodectl.node': 'x', 'nodectl.role': 'helper' } });
  const { eyes, subject } = await lookAround(ASKED, world);
  expect(subject.tenants.map(({ name, volume }) => [name, volume?.name])).toEqual([
    ['a', 'nodectl-a'],
    ['b', 'nodectl-b'],
  ]);
  expect('info' in eyes.engine).toBe(true);
  expect(eyes.published.map(({ hostPort }) => hostPort)).toEqual(expect.arrayContaining([8545, 9001]));
});

test('every volume of a node is seen with its earlier sizes, also where the node has no container', async () => {
  const { world, engine, add } = around();
  await engine.createVolume({ name: 'nodectl-a', labels: { 'nodectl.node': 'a' } });
  await engine.createVolume({ name: 'nodectl-gone', labels: { 'nodectl.node': 'gone' } });
  await engine.createVolume({ name: 'strange', labels: {} });
  await add('a');
  const id = engine.containers.get('nodectl-a')?.id ?? '';
  const read = (node: string): JournalRecord[] => (node === 'a' ? [{ time: 1, kind: 'use', data: { id, disk: 7 } }] : []);
  const { eyes } = await lookAround(ASKED, { ...world, journal: async () => ({ append: () => {}, read }) });
  expect(eyes.volumes.map(({ node, volume, sizes }) => [node, volume.name, sizes])).toEqual([
    ['a', 'nodectl-a', [{ time: 1, value: 7 }]],
    ['gone', 'nodectl-gone', []],
  ]);
});

test('an engine that is not there is a sight, not an error', async () => {
  const gone = async () => {
    throw new NodectlError('ENGINE_NOT_RUNNING', 'It does not run.');
  };
  const { eyes, subject } = await lookAround(ASKED, around({ engine: gone }).world);
  expect(eyes.engine).toMatchObject({ problem: { code: 'ENGINE_NOT_RUNNING', message: 'It does not run.' } });
  expect([subject.tenants, eyes.published]).toEqual([[], []]);
});

test('an engine that never answers is given up', async () => {
  const none = async () => [];
  const silent = { info: () => new Promise(() => {}), list: none, publishedPorts: none, listVolumes: none } as unknown as Engine;
  const clock = { now: () => 0, sleep: async () => {} };
  const { eyes } = await lookAround(ASKED, around({ engine: async () => silent, clock }).world);
  expect(eyes.engine).toMatchObject({ problem: { code: 'TIMED_OUT' } });
});

test("a bug in our own code is not taken for the engine's", async () => {
  const broken = async () => {
    throw new TypeError('a bug');
  };
  await expect(lookAround(ASKED, around({ engine: broken }).world)).rejects.toThrow('a bug');
});

test('free disk is remembered at most once an hour, and of the same disk alone', () => {
  const records: JournalRecord[] = [];
  let now = 0;
  const journal = {
    read: () => records,
    append: (_: string, record: Omit<JournalRecord, 'time'>) => void records.push({ ...record, time: now }),
  };
  const { disk } = new FakeMachine();
  expect(recallFree(['a'], disk, now, journal)).toEqual([]);
  now = HOUR / 2;
  expect(recallFree(['a'], { ...disk, free: 5 }, now, journal)).toEqual([{ time: 0, free: disk.free }]);
  now = 2 * HOUR;
  recallFree(['a'], { ...disk, free: 4 }, now, journal);
  expect(records).toHaveLength(2);
  expect(recallFree(['a'], { ...disk, total: disk.total * 2 }, now, journal)).toEqual([]);
  expect(recallFree([], disk, now, journal)).toEqual([]);
});
