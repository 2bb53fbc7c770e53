import { describe, expect, test } from 'vitest';
import { deathCost } from '../../src/diagnosis/cost.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { makeRpcFacts } from '../node/make-evidence.ts';
import { makePrivate, makeSpec, NOW } from '../node/make-node.ts';
import { CLOSED, END, makeCase, makeForeign, makeRunning, START } from './case-factory.ts';

const head = (number: number, time: number): JournalRecord => ({ time, kind: 'head', data: { number } });
const killed = { exitCode: 137 } as const;
const hoodi = makeSpec({ network: 'hoodi', chainId: 560_048, ports: { http: 8545, ws: 8546, p2p: 30303 }, mode: 'snap' });

describe('what an end cost', () => {
  test('is nothing after a close in good order', () => {
    expect(deathCost(makeCase({ container: { exitCode: 0 }, ...CLOSED }))).toMatchObject({
      clean: true,
      lostBlocks: 0,
      comesBack: 'nothing-lost',
    });
  });

  test('is not told of what goes on, never ran, keeps no chain, or had not begun', () => {
    expect(deathCost(makeRunning({}))).toBeNull();
    expect(deathCost(makeCase({ container: { state: 'created', startedAt: 0 } }))).toBeNull();
    expect(deathCost(makeCase({ role: 'light', container: killed }))).toBeNull();
    expect(deathCost(makeCase({ container: { startedAt: END - 2000 } }))).toBeNull();
  });

  test('is fetched again from the peers of a public network', () => {
    const cost = deathCost(makeCase({ spec: hoodi, container: killed, journal: [head(900, END - 5000)] }));
    expect(cost).toMatchObject({ clean: false, headBefore: 900, headAfter: null, lostBlocks: null, comesBack: 'from-peers' });
  });

  test('is gone for good on a chain that nobody else has, by as much as the head fell', () => {
    const journal = [head(12, START - 7200_000), head(300, END - 60_000), head(4, END + 30_000), head(9, END + 50_000)];
    const cost = deathCost(makeCase({ container: killed, run: { startedAt: START }, journal }));
    expect(cost).toMatchObject({ headBefore: 300, headAfter: 4, lostBlocks: 296, comesBack: 'not-at-all' });
    expect(cost?.text.join(' ')).toMatch(/300.*4.*296/);
  });

  test('counts a head that only the log told', () => {
    const lastLines = [
      { at: END - 900, text: 'INFO [11-21|20:13:14.725] Imported new potential chain segment     number=1,310 hash=5ad1b2..f1c0aa' },
    ];
    expect(deathCost(makeCase({ container: killed, lastLines, journal: [head(1300, END - 5000)] }))).toMatchObject({ headBefore: 1310 });
  });

  test('is told of an earlier run by the head that the node has now', () => {
    const container = { state: 'running', exitCode: 0, startedAt: END + 5000, finishedAt: END } as const;
    const evidence = makeRunning(
      { said: makeRpcFacts({ head: { number: 0, hash: '0x0', time: NOW } }) },
      { present: false, container, journal: [head(13, END - 5000)] },
    );
    const cost = deathCost({ ...evidence, run: { startedAt: START, endedAt: END, exitCode: 137, oomKilled: false, pid: null } });
    expect(cost).toMatchObject({ headBefore: 13, headAfter: 0, lostBlocks: 13 });
  });

  test('is not told of an older run by the head that the node has now', () => {
    const container = { state: 'running', exitCode: 0, startedAt: END + 5000, finishedAt: END } as const;
    const said = makeRpcFacts({ head: { number: 0, hash: '0x0', time: NOW } });
    const evidence = makeRunning({ said }, { present: false, container, journal: [head(13, START - 500)] });
    const older = { startedAt: START - 900, endedAt: START - 100, exitCode: 137, oomKilled: false, pid: null };
    expect(deathCost({ ...evidence, run: older })).toMatchObject({ headBefore: 13, headAfter: null, lostBlocks: null });
  });

  test('is no block of a private chain as nodectl keeps it', () => {
    const { spec } = makePrivate({ mode: 'full', scheme: 'hash' });
    expect(deathCost(makeCase({ spec, container: killed, gethVersion: '1.13.15' }))).toMatchObject({ comesBack: 'by-itself' });
    const kept = makePrivate({ mode: 'full', scheme: 'path' }).spec;
    expect(deathCost(makeCase({ spec: kept, container: killed, gethVersion: '1.16.9' }))).toMatchObject({ comesBack: 'not-at-all' });
  });

  test('of a foreign dev node is known by its words', () => {
    expect(deathCost(makeForeign({ container: { ...killed, args: ['--dev'] } }))).toMatchObject({ comesBack: 'not-at-all' });
    expect(deathCost(makeForeign({ container: killed }))).toMatchObject({ comesBack: 'from-peers' });
  });

  test('a head of an older chain on the same name does not count', () => {
    const cost = deathCost(makeCase({ container: { ...killed, createdAt: START - 1000 }, journal: [head(5000, START - 86_400_000)] }));
    expect(cost?.headBefore).toBeNull();
  });
});
