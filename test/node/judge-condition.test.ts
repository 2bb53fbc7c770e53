import { describe, expect, test } from 'vitest';
import type { ConsensusStatus } from '../../src/node/consensus/consensus-status.ts';
import { judgeCondition } from '../../src/node/judge-condition.ts';
import type { JudgedNode } from '../../src/node/judge-node.ts';
import type { SyncState } from '../../src/node/sync-state.ts';
import { parseWaitConditions } from '../../src/node/wait-condition.ts';

const HEAD = { number: 12, hash: '0x', time: 0 };

/** A node in this state, whose RPC answers where `said` is left out, with a client in that state where one is named. */
function sight(sync: SyncState, over: { said?: JudgedNode['said']; healthy?: boolean; client?: ConsensusStatus['state'] } = {}) {
  const answers = {
    syncing: false,
    head: HEAD,
    finalized: undefined,
    peers: 3,
    clientVersion: undefined,
    chainId: 1,
    txpool: undefined,
  } as const;
  const said = 'said' in over ? over.said : { ...answers, unanswered: [] };
  const consensus = over.client && ({ state: over.client } as ConsensusStatus);
  const judged: JudgedNode = { sync, consensus, healthy: over.healthy ?? true, said, asksLog: false };
  return { parts: [{ name: 'nodectl-dev', state: 'running' as const }], judged };
}

const AT_HEAD: SyncState = { state: 'at-head', indexing: 0 };
const meets = (word: string, ...given: Parameters<typeof sight>) => {
  const [condition] = parseWaitConditions([word]);
  if (condition === undefined) throw new Error(word);
  return judgeCondition(condition, sight(...given));
};

describe('a condition', () => {
  test.each<[string, boolean, Parameters<typeof sight>]>([
    ['rpc', true, [AT_HEAD]],
    ['rpc', true, [{ state: 'looking-for-peers' }]],
    ['rpc', true, [{ state: 'stale', ageMs: 9e9 }]],
    ['rpc', false, [{ state: 'starting' }, { said: undefined }]],
    ['rpc', false, [{ state: 'not-answering', reason: 'timeout' }, { said: undefined }]],
    ['rpc', false, [{ state: 'root-not-served' }]],
    ['rpc', false, [{ state: 'upstream-lies', reason: 'no proof' }]],
    ['peers=3', true, [AT_HEAD]],
    ['peers=4', false, [AT_HEAD]],
    ['peers=0', false, [AT_HEAD, { said: undefined }]],
    ['block=12', true, [{ state: 'stale', ageMs: 1 }]],
    ['block=13', false, [AT_HEAD]],
    ['block=0', false, [AT_HEAD, { said: undefined }]],
    ['synced', true, [AT_HEAD]],
    ['synced', true, [AT_HEAD, { client: { state: 'following' } }]],
    ['synced', false, [AT_HEAD, { client: { state: 'optimistic', distance: 2 } }]],
    ['synced', false, [{ state: 'waiting-for-consensus', reason: null }, { client: { state: 'following' } }]],
    ['synced', false, [{ state: 'stale', ageMs: 1 }]],
    ['healthy', true, [{ state: 'looking-for-peers' }]],
    ['healthy', false, [AT_HEAD, { healthy: false }]],
    ['healthy', false, [{ state: 'starting' }]],
    ['healthy', false, [AT_HEAD, { client: { state: 'starting' } }]],
    ['stopped', false, [AT_HEAD]],
  ])('%s: %s', (word, met, given) => {
    expect(meets(word, ...given)).toMatchObject({ met });
  });

  test('that does not hold says what was seen instead', () => {
    const seen = (...given: Parameters<typeof meets>) => (meets(...given) as { seen: string }).seen;
    expect(seen('peers=4', AT_HEAD)).toBe('3 peers');
    expect(seen('block=13', AT_HEAD)).toBe('head 12');
    expect(seen('rpc', { state: 'not-answering', reason: 'refused' }, { said: undefined })).toContain('refused');
    expect(seen('synced', AT_HEAD, { client: { state: 'frozen', distance: 40 } })).toMatch(/at-head.*frozen.*40/);
    expect(seen('stopped', AT_HEAD)).toContain('nodectl-dev is running');
  });

  test.each([
    [['exited', 'exited'], true],
    [['created'], true],
    [[], true],
    [['exited', 'running'], false],
    [['exited', 'restarting'], false],
    [['paused'], false],
  ] as const)('stopped with parts %j: %s', (states, met) => {
    const parts = states.map((state, at) => ({ name: `part ${at}`, state }));
    expect(judgeCondition({ kind: 'stopped' }, { parts, judged: undefined })).toMatchObject({ met });
  });
});
