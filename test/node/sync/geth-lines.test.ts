import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GETH_LINES, loggedFraction, loggedNumber, wordOf } from '../../../src/node/sync/geth-lines.ts';
import { judgeLines, loggedProgress } from '../../../src/node/sync/judge-lines.ts';
import type { SyncState } from '../../../src/node/sync-state.ts';
import { MINUTE, makeEvidence, makeRpcFacts } from '../make-evidence.ts';
import { NOW } from '../make-node.ts';

const EVIDENCE = makeEvidence();
const lineOf = (says: string) => GETH_LINES.find((row) => row.says === says)?.line ?? '';
const at = (age: number, ...words: string[]) => words.map((word) => ({ time: NOW - age, text: lineOf(word) }));
const WAITING: SyncState = { state: 'waiting-for-consensus', reason: null };
const STALE: SyncState = { state: 'stale', ageMs: 9 * MINUTE };
const AT_HEAD: SyncState = { state: 'at-head', indexing: 0 };

describe('each row of geth’s lines', () => {
  test.each(GETH_LINES.map((row) => [row.says, row.versions, row] as const))(
    '%s of %s is known by its line, and no other row is',
    (_says, _v, row) => {
      expect(GETH_LINES.filter(({ pattern }) => pattern.test(row.line))).toEqual([row]);
    },
  );

  test.each(GETH_LINES.map((row) => [row.says, row] as const))('%s is known in logfmt and JSON, too', (says, { line }) => {
    const message = /\] (.*?)(?:\s{2,}|$)/.exec(line)?.[1] ?? '';
    expect(message).not.toBe('');
    expect(wordOf(`t=2026-11-21T10:00:00+0000 lvl=info msg="${message}" number=1`)).toBe(says);
    expect(wordOf(JSON.stringify({ t: '2026-11-21T10:00:00Z', lvl: 'info', msg: message, number: 1 }))).toBe(says);
  });
});

test('numbers are read in every format, and nothing is taken for one that is not', () => {
  expect(loggedNumber(lineOf('headers'), 'left')).toBe(17_617_968);
  expect(loggedNumber('{"msg":"Syncing beacon headers","downloaded":512,"left":17617968}', 'left')).toBe(17_617_968);
  expect(loggedNumber('msg="Syncing beacon headers" left="17,617,968"', 'left')).toBe(17_617_968);
  expect(loggedNumber('left=1.5 left=x theleft=4', 'left')).toBeUndefined();
  expect(loggedNumber('left=99999999999999999999', 'left')).toBeUndefined();
  expect(loggedFraction(lineOf('state'), 'synced')).toBeCloseTo(0.0517);
  expect(loggedFraction('"synced":"100.00%"', 'synced')).toBe(1);
  expect(loggedFraction('synced=many%', 'synced')).toBeUndefined();
});

test('the lines of headers and state tell how much there is, the others nothing', () => {
  expect(loggedProgress(lineOf('headers'))).toMatchObject({ phase: 'headers', done: 145_920, total: 17_763_888 });
  expect(loggedProgress(lineOf('state'))).toMatchObject({ phase: 'state', fraction: expect.closeTo(0.0517), done: 13_765_962 });
  expect(loggedProgress('INFO Syncing beacon headers')).toBeUndefined();
  expect(loggedProgress(lineOf('healing'))).toBeUndefined();
});

describe('a state with geth’s lines', () => {
  test.each<[string, SyncState, readonly { time: number; text: string }[], string]>([
    ['stops, while its RPC is gone', { state: 'not-answering', reason: '' }, at(9_000, 'imported', 'stopping'), 'stopping'],
    ['stops, though it is at the head', AT_HEAD, at(9_000, 'stopping'), 'stopping'],
    ['fetches headers, of which eth_syncing says nothing', WAITING, at(9_000, 'sync-requested', 'headers', 'looking-for-peers'), 'syncing'],
    ['fetches headers again after a while offline', STALE, at(9_000, 'client-silent', 'headers'), 'syncing'],
    ['does not fetch headers any more', WAITING, at(2 * MINUTE, 'headers'), 'waiting-for-consensus'],
    ['is at its head, whatever it fetched before', AT_HEAD, at(9_000, 'headers'), 'at-head'],
    ['has lost its client, though its head is young enough', AT_HEAD, at(4 * MINUTE, 'imported', 'client-silent'), 'waiting-for-consensus'],
    ['has lost its client, and its head is old', STALE, at(4 * MINUTE, 'client-silent'), 'waiting-for-consensus'],
    ['has its client again', AT_HEAD, at(MINUTE, 'client-silent', 'imported'), 'at-head'],
    ['lost its client long ago by the log, not by what it answers', AT_HEAD, at(7 * MINUTE, 'client-silent'), 'at-head'],
    ['says nothing that matters', STALE, at(9_000, 'looking-for-peers', 'indexing'), 'stale'],
    ['is another chain whatever it says', { state: 'wrong-chain', chainId: 5 }, at(9_000, 'headers'), 'wrong-chain'],
  ])('%s', (_name, sync, lines, state) => {
    expect(judgeLines(sync, EVIDENCE, lines).state).toBe(state);
  });

  test('tells how many headers there are', () => {
    expect(judgeLines(WAITING, EVIDENCE, at(9_000, 'headers'))).toEqual({
      ...{ state: 'syncing', phase: 'headers', current: 145_920, highest: 17_763_888, pending: null },
    });
  });

  test('fetches no headers without a peer to fetch them from', () => {
    const evidence = makeEvidence({ rpc: makeRpcFacts({ peers: 0 }) });
    expect(judgeLines(STALE, evidence, at(9_000, 'headers'))).toBe(STALE);
  });

  test('tells a client that never spoke from one that is not there', () => {
    const [never, none] = ['client-never-spoke', 'no-client'].map((word) => judgeLines(WAITING, EVIDENCE, at(9_000, word)));
    expect(never).toMatchObject({ reason: expect.any(String) });
    expect(none).toEqual(WAITING);
  });

  test('does not believe a line without a time', () => {
    for (const says of ['headers', 'client-silent']) {
      expect(judgeLines(STALE, EVIDENCE, [{ time: Number.NaN, text: lineOf(says) }])).toBe(STALE);
    }
  });

  test('is judged without an exception, whatever the lines are', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(...GETH_LINES.map(({ line }) => line)).chain((line) => fc.nat(line.length).map((cut) => line.slice(0, cut))),
    );
    const lines = fc.array(fc.record({ text, time: fc.oneof(fc.constant(NOW), fc.double()) }), { maxLength: 20 });
    fc.assert(
      fc.property(lines, (some) => void judgeLines(WAITING, EVIDENCE, some)),
      { numRuns: 500 },
    );
  });
});
