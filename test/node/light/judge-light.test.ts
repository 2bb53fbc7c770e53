import { describe, expect, it } from 'vitest';
import { judgeLight, type LightEvidence, type LightFacts, lightCalls, lightNotes, readLight } from '../../../src/node/light/judge-light.ts';
import { lightBackend } from '../../../src/node/light/light-backends.ts';

const NOW = 1_800_000_000_000;
const prover = lightBackend('lodestar-prover');
const row = { role: 'execution', address: 'http://127.0.0.1:1', answers: true, lies: false, problem: null } as const;
const facts: LightFacts = {
  head: { number: 9, hash: '0x1', time: NOW - 6000 },
  finalized: 3,
  upstreams: [row],
  refused: undefined,
  ready: true,
  chainId: 7,
  proof: 'holds',
  problem: undefined,
};
const evidence: LightEvidence = {
  container: { state: 'running', exitCode: 0, restartCount: 0 },
  uptimeMs: 10 * 60_000,
  now: NOW,
  chainId: 7,
  light: facts,
};
const state = (light: Partial<LightFacts>, more: Partial<LightEvidence> = {}) =>
  judgeLight({ ...evidence, ...more, light: { ...facts, ...light } });

describe('where a light client stands', () => {
  it('is at the head when it proves and its verified head is young', () => {
    expect(state({})).toEqual({ state: 'at-head', indexing: 0 });
  });

  it('is stale when its verified head is old, however well it proves', () => {
    expect(state({ head: { number: 9, hash: '0x1', time: NOW - 600_000 } })).toEqual({ state: 'stale', ageMs: 600_000 });
  });

  it('tells a lie before everything else that is wrong', () => {
    expect(state({ proof: 'refused', problem: "verification for 'eth_getBalance' request failed.", head: undefined }).state).toBe(
      'upstream-lies',
    );
    expect(state({ upstreams: [{ ...row, lies: true }] }).state).toBe('upstream-lies');
  });

  it('goes on where one of two servers lies and the other is asked instead, and says so', () => {
    const light = {
      upstreams: [
        { ...row, lies: true },
        { ...row, address: 'http://127.0.0.1:2' },
      ],
    };
    expect(state(light).state).toBe('at-head');
    expect(lightNotes({ ...facts, ...light })).toHaveLength(1);
  });

  it('tells servers that are silent', () => {
    expect(state({ proof: 'unanswered', problem: 'no execution server answered: the connection failed' }).state).toBe('upstream-silent');
  });

  it('waits three minutes for its first header, and then doubts the root', () => {
    expect(state({ ready: false, proof: 'unanswered' }, { uptimeMs: 60_000 }).state).toBe('starting');
    expect(state({ ready: false, proof: 'unanswered' }).state).toBe('root-not-served');
  });

  it('knows another chain, a container at rest, and one that does not answer', () => {
    expect(state({ chainId: 8 })).toEqual({ state: 'wrong-chain', chainId: 8 });
    expect(judgeLight({ ...evidence, container: { ...evidence.container, state: 'exited', exitCode: 1 } }).state).toBe('dead');
    expect(judgeLight({ ...evidence, light: { failure: 'timeout', message: 'late' } }).state).toBe('not-answering');
    expect(judgeLight({ ...evidence, uptimeMs: 1000, light: { failure: 'connect', message: 'refused' } }).state).toBe('starting');
  });
});

describe('what a light client says', () => {
  const own = [{ result: '0x9' }, { result: '0x7' }];
  const read = (...[answers, proof]: [Parameters<typeof readLight>[1], Parameters<typeof readLight>[2]?]) =>
    readLight(prover, answers, proof ?? [{ result: '0x0' }]);

  it('is asked for what it knows apart from what it has to fetch', () => {
    const { own: known, proof } = lightCalls(prover);
    expect(known.map(({ method }) => method)).toEqual(['eth_blockNumber', 'eth_chainId', 'nodectl_light']);
    expect(proof.map(({ method }) => method)).toEqual(['eth_getBalance']);
  });

  it('tells a refused proof from one that never came', () => {
    expect(read(own, [{ error: "verification for 'eth_getBalance' request failed." }]).proof).toBe('refused');
    expect(read(own, [{ error: 'no execution server answered: HTTP 500' }]).proof).toBe('unanswered');
    expect(read(own, { message: 'no complete answer in time' })).toMatchObject({ ready: true, proof: 'unanswered' });
    expect(read(own).proof).toBe('holds');
  });

  it('is not ready while it only knows its errors', () => {
    const answer = { error: 'still syncing' };
    const nothing = { ready: false, proof: 'unanswered', head: undefined, upstreams: [] };
    expect(read([answer, answer, answer], [answer])).toMatchObject(nothing);
  });

  it('has the head of its report', () => {
    const report = { head: { number: 9, hash: '0xaa', time: 5 }, finalized: null, execution: [], beacon: [], refused: null };
    expect(read([...own, { result: report }]).head).toEqual({ number: 9, hash: '0xaa', time: 5 });
  });
});
