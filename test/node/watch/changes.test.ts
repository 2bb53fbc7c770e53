import { describe, expect, test } from 'vitest';
import type { NodeStatus } from '../../../src/node/node-status.ts';
import { changes } from '../../../src/node/watch/changes.ts';
import { cloudEvent } from '../../../src/node/watch/cloud-event.ts';
import type { NodeSample } from '../../../src/node/watch/sample.ts';
import { validatesAgainst } from '../../schema.ts';
import { NOW } from '../make-node.ts';
import { makeContainer, makeSample, makeStatus } from './make-sample.ts';

const words = (before: NodeSample, after: NodeSample) => changes(before, after).map(({ word }) => word);
const at = (container: Partial<NodeStatus['container']>, status: Partial<NodeStatus> = {}) =>
  makeSample({}, { container: makeContainer(container), ...status });

const RUNS = at({});
const LATER = '2026-11-21T11:00:00.000Z';
const ENDED = { state: 'exited', exitCode: 0, finishedAt: LATER } as const;
const syncing = (phase: 'chain' | 'state' | 'healing', current = 1): Partial<NodeStatus> => ({
  sync: { state: 'syncing', phase, current, highest: 9, pending: null },
});

test('the first change tells where the node stands, warnings included', () => {
  const warnings = [{ kind: 'no-peers' as const, text: 'It has no peers.', inMs: null }];
  const [first, ...more] = changes(undefined, makeSample({ warnings }));
  expect(more).toEqual([]);
  expect(first).toMatchObject({ word: 'watch-started', node: 'mainnet', time: NOW, data: { status: makeStatus(), warnings } });
});

test('numbers alone change nothing that is told', () => {
  const after = makeSample({ time: NOW + 2_000, cpus: 2, swapIo: null, diskFreeBytes: 1 }, { peers: 1, head: null, finalized: null });
  expect(changes(makeSample(), after)).toEqual([]);
  expect(changes(makeSample({}, syncing('chain', 1)), makeSample({}, syncing('chain', 5)))).toEqual([]);
});

describe('a state', () => {
  test('that changed is told with what it was, head and peers', () => {
    const [change] = changes(makeSample({}, syncing('healing')), makeSample());
    expect(change).toMatchObject({
      word: 'state-changed',
      data: { from: { state: 'syncing', phase: 'healing' }, to: { state: 'at-head' }, head: 23_456_789, peers: 42 },
    });
  });

  test('whose phase changed is told as a phase, once', () => {
    const [change, ...more] = changes(makeSample({}, syncing('chain')), makeSample({}, syncing('state')));
    expect([change?.word, change?.data.from, change?.data.to, more]).toEqual(['phase-changed', 'chain', 'state', []]);
    const indexed = changes(makeSample({}, { sync: { state: 'at-head', indexing: 3 } }), makeSample());
    expect(indexed.map(({ word, data }) => [word, data.from, data.to])).toEqual([['phase-changed', 'indexing', null]]);
  });

  test('that gets its reason a look later is told again', () => {
    const [plain, why] = [{ state: 'stopped' }, { state: 'stopped', reason: 'disk-low' }] as const;
    expect(words(makeSample({}, { sync: plain }), makeSample({}, { sync: why }))).toEqual(['state-changed']);
    expect(words(makeSample({}, { sync: why }), makeSample({}, { sync: why }))).toEqual([]);
  });

  test('is told beside the health that it changes, and that beside none', () => {
    const stale = { sync: { state: 'stale', ageMs: 400_000 }, healthy: false } as const;
    expect(words(makeSample(), makeSample({}, stale))).toEqual(['state-changed', 'health-changed']);
    expect(words(makeSample(), makeSample({}, { healthy: false }))).toEqual(['health-changed']);
  });
});

describe('a container', () => {
  test('that ended in good order has stopped, and any other end is a death with its code', () => {
    expect(words(RUNS, at(ENDED))).toEqual(['container-stopped']);
    for (const how of [{ exitCode: 2 }, { exitCode: 137, oomKilled: true }, { exitCode: 137 }]) {
      const [change] = changes(RUNS, at({ ...ENDED, ...how }));
      expect([change?.word, change?.data]).toMatchObject(['container-died', { part: 'execution', container: 'nodectl-mainnet', ...how }]);
    }
  });

  test('that closed by itself has stopped, also where the kernel killed something else in it', () => {
    const [change] = changes(RUNS, at({ ...ENDED, exitCode: 0, oomKilled: true }));
    expect([change?.word, change?.data]).toMatchObject(['container-stopped', { exitCode: 0, oomKilled: true }]);
  });

  test('that was started again between two looks has ended before it started', () => {
    expect(words(RUNS, at({ startedAt: LATER }))).toEqual(['container-stopped', 'container-started']);
    const crashed = changes(RUNS, at({ startedAt: LATER, restartCount: 1 }));
    expect(crashed.map(({ word, data }) => [word, data.exitCode])).toEqual([
      ['container-died', null],
      ['container-started', undefined],
    ]);
  });

  test('that ended, was started, and ended again between two looks has ended as it did last', () => {
    expect(words(RUNS, at({ ...ENDED, startedAt: LATER, exitCode: 1 }))).toEqual(['container-died']);
  });

  test('that was replaced by another is one that ended and one that started', () => {
    expect(words(RUNS, at({ id: '12'.repeat(32), startedAt: LATER }))).toEqual(['container-stopped', 'container-started']);
  });

  test('that starts is told once, and not for being paused', () => {
    expect(words(at(ENDED), at({ startedAt: LATER }))).toEqual(['container-started']);
    expect(words(at({ state: 'created', startedAt: null }), RUNS)).toEqual(['container-started']);
    expect(words(at({ state: 'restarting', exitCode: 1 }), at({ startedAt: LATER, restartCount: 1 }))).toEqual(['container-started']);
    expect(words(RUNS, at({ state: 'paused' }))).toEqual([]);
    expect(words(at({ state: 'paused' }), RUNS)).toEqual([]);
  });

  test('of the consensus client is told as that, and so is what it does', () => {
    const beside = (over: Partial<NodeStatus['container']>, state: 'following' | 'dead') =>
      makeSample(
        {},
        {
          consensus: {
            ...{ client: 'prysm', state: { state }, healthy: state === 'following', container: makeContainer({ name: 'c', ...over }) },
            ...{
              image: { ref: 'prysm', id: null },
              limits: null,
              use: null,
              restEndpoint: '',
              answersAs: null,
              peers: null,
              headSlot: null,
            },
            ...{ syncDistance: null, finalizedEpoch: null, elOffline: null, optimistic: null },
          },
        },
      );
    const told = changes(beside({}, 'following'), beside({ ...ENDED, exitCode: 1 }, 'dead'));
    expect(told.map(({ word, data }) => [word, data.part ?? data.to])).toEqual([
      ['container-died', 'consensus'],
      ['consensus-changed', { state: 'dead' }],
    ]);
    expect(words(beside({}, 'following'), makeSample())).toEqual(['container-gone', 'consensus-changed']);
  });
});

test('warnings are told when they are raised and cleared, not while they last', () => {
  const peers = { kind: 'no-peers' as const, text: 'It has no peers.', inMs: null };
  const disk = (text: string) => ({ kind: 'disk-full' as const, text, inMs: 5 });
  const told = changes(makeSample({ warnings: [peers, disk('5 days')] }), makeSample({ warnings: [disk('4 days')] }));
  expect(told.map(({ word, data }) => [word, data])).toEqual([['warning-cleared', { kind: 'no-peers' }]]);
  expect(changes(makeSample(), makeSample({ warnings: [peers] })).map(({ word, data }) => [word, data])).toEqual([
    ['warning-raised', peers],
  ]);
});

test('a change becomes an event as CloudEvents 1.0 and the published schema say', () => {
  const [change] = changes(undefined, makeSample());
  if (change === undefined) throw new Error('no change');
  const event = cloudEvent(change, 'höst 1', 'run', 7);
  validatesAgainst('watch', event);
  expect(event).toMatchObject({
    ...{ specversion: '1.0', id: 'run-7', source: '/nodectl/h%C3%B6st%201', type: 'io.nodectl.node.watch-started', subject: 'mainnet' },
    ...{ time: '2026-11-21T12:00:00.000Z', datacontenttype: 'application/json' },
  });
});
