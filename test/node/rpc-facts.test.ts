import { expect, test } from 'vitest';
import { POLL_CALLS, readRpcFacts, STATUS_CALLS } from '../../src/node/rpc-facts.ts';
import type { RpcAnswer } from '../../src/ports/rpc.ts';

const BLOCK = { number: '0xc', hash: '0xabc', timestamp: '0x68000000', extraData: '0x' };

/** Answers in the order of STATUS_CALLS; what is not given is an error. */
function answers(given: Record<number, unknown>): RpcAnswer[] {
  return STATUS_CALLS.map((_call, at) => (at in given ? { result: given[at] } : { error: 'the method does not exist' }));
}

test('reads a full set of answers', () => {
  const all = [false, BLOCK, '0x5', 'Geth/v1.17.8-stable/linux-amd64/go1.26.8', '0x539', { pending: '0x1', queued: '0x0' }, BLOCK];
  expect(readRpcFacts(all.map((result) => ({ result })))).toEqual({
    syncing: false,
    head: { number: 12, hash: '0xabc', time: 0x68000000 * 1000 },
    finalized: 12,
    peers: 5,
    clientVersion: 'Geth/v1.17.8-stable/linux-amd64/go1.26.8',
    chainId: 1337,
    txpool: { pending: 1, queued: 0 },
    unanswered: [],
  });
});

test.each([
  ['1.10', { startingBlock: '0x0', currentBlock: '0x10', highestBlock: '0x20', pulledStates: '0x1', knownStates: '0x2' }, 0],
  ['1.13', { startingBlock: '0x0', currentBlock: '0x10', highestBlock: '0x20', txIndexRemainingBlocks: '0x7' }, 7],
  [
    '1.17',
    { currentBlock: '0x10', highestBlock: '0x20', txIndexRemainingBlocks: '0x0', stateIndexRemaining: '0x9', trieGenProgress: '0x1' },
    9,
  ],
])('reads the sync progress of geth %s', (_version, syncing, indexing) => {
  expect(readRpcFacts(answers({ 0: syncing })).syncing).toMatchObject({ current: 16, highest: 32, indexing });
});

test.each([true, null, {}, [], 'yes', { currentBlock: 'x', highestBlock: '0x1' }, { currentBlock: '0x', highestBlock: '0x1' }])(
  'takes %j from eth_syncing for no answer, never for false',
  (value) => expect(readRpcFacts(answers({ 0: value })).syncing).toBeUndefined(),
);

test.each(['0xffffffffffffffffffff', '12', -1, 1.5, null, {}])('takes no number out of %j', (value) =>
  expect(readRpcFacts(answers({ 2: value })).peers).toBeUndefined(),
);

test('names what every geth should answer, and passes over what is optional', () => {
  const { unanswered } = readRpcFacts(answers({}));
  for (const method of ['eth_syncing', 'net_peerCount', 'web3_clientVersion', 'eth_chainId']) {
    expect(unanswered.filter((line) => line.startsWith(method))).toHaveLength(1);
  }
  expect(unanswered.filter((line) => line.startsWith('eth_getBlockByNumber'))).toHaveLength(1);
  expect(unanswered.join()).not.toContain('txpool');
});

test('what is polled goes without the finalized block, for which geth logs a warning until there is one', () => {
  expect(POLL_CALLS.flatMap(({ params }) => [...params])).not.toContain('finalized');
  expect(STATUS_CALLS.slice(0, POLL_CALLS.length)).toEqual(POLL_CALLS);
});

test('survives an empty list of answers', () => {
  expect(readRpcFacts([]).head).toBeUndefined();
});
