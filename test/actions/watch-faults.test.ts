import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tellChanges } from '../../src/actions/tell-changes.ts';
import { changeText } from '../../src/cli/change-text.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import type { SyncState } from '../../src/node/sync-state.ts';
import type { Change } from '../../src/node/watch/cloud-event.ts';
import type { NodeSample } from '../../src/node/watch/sample.ts';
import { viewLines } from '../../src/node/watch/view/view-lines.ts';
import { devAnswers } from '../fakes/fake-geth.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { ETH_SYNCING } from '../fixtures/eth-syncing.ts';

/** Every fault of a node's RPC that anybody thought of, and what a watcher says of it; it never throws, and never takes longer than this. */
const LONGEST_MS = 6_500;

type Call = { readonly id: number; readonly method: string; readonly params: unknown[] };
type Fault = (calls: readonly Call[], response: ServerResponse, incoming: IncomingMessage) => void;

const right = (calls: readonly Call[]) => calls.map(({ id, method, params }) => ({ jsonrpc: '2.0', id, result: resultOf(method, params) }));
function resultOf(method: string, params: unknown[]): unknown {
  const value = devAnswers()[method];
  return typeof value === 'function' ? value(params) : (value ?? null);
}
const answers = (of: (calls: readonly Call[]) => unknown): Fault => {
  return (calls, response) => void response.end(JSON.stringify(of(calls)));
};
/** The right answers, but for one method. */
const but = (method: string, result: unknown): Fault =>
  answers((calls) => right(calls).map((answer, at) => (calls[at]?.method === method ? { ...answer, result } : answer)));

const HUGE_NUMBERS = { number: `0x${'f'.repeat(64)}`, hash: `0x${'ab'.repeat(32)}`, timestamp: `0x${'f'.repeat(30)}` };

/** A node among others, at its first block. */
const AMONG_OTHERS: Partial<NodeSpec> = { network: 'hoodi', ports: { http: 0, ws: 1, p2p: 30_303 } };
const syncingAs = (syncing: unknown): Fault =>
  answers((calls) =>
    right(calls).map((answer, at) => {
      const over: Record<string, unknown> = {
        eth_syncing: syncing,
        net_peerCount: '0x5',
        eth_getBlockByNumber: { ...HUGE_NUMBERS, number: '0x0', timestamp: '0x1' },
      };
      const { method = '' } = calls[at] ?? {};
      return method in over ? { ...answer, result: over[method] } : answer;
    }),
  );

type Row = readonly [string, Fault, readonly SyncState['state'][], Partial<NodeSpec>?];

const FAULTS: readonly Row[] = [
  ['hangs', () => {}, ['not-answering']],
  ['answers after a second', (calls, response) => void setTimeout(() => response.end(JSON.stringify(right(calls))), 1_000), ['at-head']],
  ['drips for ever', (_calls, response) => drip(response), ['not-answering']],
  [
    'breaks off in the middle',
    (_calls, response) => response.writeHead(200, { 'content-length': 1000 }).write('[{', () => response.destroy()),
    ['not-answering'],
  ],
  ['sends 100 MB', (_calls, response) => pour(response, 100 * 2 ** 20), ['not-answering']],
  ['closes at once', (_calls, _response, incoming) => void incoming.socket.destroy(), ['starting']],
  ['answers with HTML', (_calls, response) => void response.end('<html><h1>It works!</h1></html>'), ['not-answering']],
  ['answers with nothing', (_calls, response) => void response.end(), ['not-answering']],
  ['refuses its host name (403)', (_calls, response) => void response.writeHead(403).end('invalid host specified\n'), ['not-answering']],
  ['is overloaded (503)', (_calls, response) => void response.writeHead(503).end('busy'), ['not-answering']],
  ['redirects', (_calls, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), ['not-answering']],
  ['answers with other ids', answers((calls) => right(calls).map((answer) => ({ ...answer, id: answer.id + 1_000 }))), ['not-answering']],
  ['answers twice', answers((calls) => [...right(calls), ...right(calls)]), ['at-head']],
  ['answers in another order', answers((calls) => [...right(calls)].reverse()), ['at-head']],
  ['answers with ids as text', answers((calls) => right(calls).map((answer) => ({ ...answer, id: String(answer.id) }))), ['not-answering']],
  [
    'refuses batches',
    answers(() => ({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'batch requests are disabled' } })),
    ['not-answering'],
  ],
  ['fails at every call', answers((calls) => calls.map(({ id }) => ({ id, error: { code: -32000, message: 'no' } }))), ['not-answering']],
  [
    'fails in strange ways',
    answers((calls) => calls.map(({ id }, at) => ({ id, error: [null, 7, {}, 'no', { message: 9 }][at % 5] }))),
    ['not-answering'],
  ],
  ['answers null to every call', answers((calls) => calls.map(({ id }) => ({ id, result: null }))), ['not-answering']],
  ['answers with a list of nulls', answers((calls) => calls.map(() => null)), ['not-answering']],
  ['answers with deep lists', (_calls, response) => void response.end(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), ['not-answering']],
  ['has a head without numbers', but('eth_getBlockByNumber', { number: {}, hash: 5, timestamp: [] }), ['not-answering']],
  ['has a head beyond all numbers', but('eth_getBlockByNumber', HUGE_NUMBERS), ['not-answering']],
  ['has a head of words', but('eth_getBlockByNumber', { number: 'latest', hash: '0xab', timestamp: 'now' }), ['not-answering']],
  ['has no word for its peers', but('net_peerCount', { count: 'many' }), ['at-head']],
  ['has a version of control characters', but('web3_clientVersion', '\u001b[2J\u0007'.repeat(1_000)), ['at-head']],
  ['has a chain id of another chain', but('eth_chainId', '0x1'), ['wrong-chain']],
  ['has a chain id that is none', but('eth_chainId', [1]), ['at-head']],
  ['syncs to a block of words', but('eth_syncing', { currentBlock: 'here', highestBlock: 'there' }), ['at-head']],
  ['syncs from beyond its end', but('eth_syncing', { currentBlock: '0x64', highestBlock: '0x1' }), ['at-head']],
  ['syncs by negative numbers', but('eth_syncing', { currentBlock: -5, highestBlock: -1, healingTrienodes: -9 }), ['at-head']],
  ['says true to syncing', but('eth_syncing', true), ['at-head']],
  ['says yes to syncing', but('eth_syncing', 'yes'), ['at-head']],
  ...ETH_SYNCING.map(([name, object, phase]): Row => {
    return [`syncs as ${name}`, syncingAs(object), [phase === undefined ? 'waiting-for-consensus' : 'syncing'], AMONG_OTHERS];
  }),
];

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

function pour(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(1 << 20, 0x20);
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}

/** A dev node whose RPC misbehaves, watched; what is open at it. */
async function faulty(fault: () => Fault, spec: Partial<NodeSpec> = {}) {
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => fault()([JSON.parse(text)].flat() as Call[], response, incoming));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const nodes = fakeNodes();
  const { ports } = rpcOn((server.address() as AddressInfo).port);
  await nodes.add('dev', { ...spec, ports: { ...ports, ...spec.ports, http: ports.http } });
  const changes: Change[] = [];
  const samples = tellChanges({ intervalMs: 250 }, nodes.world, (change) => changes.push(change));
  const end = async () => {
    nodes.interrupt();
    await samples.return(undefined);
    server.closeAllConnections();
    server.close();
  };
  const open = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  const next = async (): Promise<NodeSample> => {
    const { value } = await samples.next();
    if (value === undefined) throw new Error('the samples ended');
    return value;
  };
  return { ...nodes, next, changes, open, end };
}

describe('a node whose RPC', () => {
  test.concurrent.for(FAULTS)(
    '%s is told as what it is, in time, and leaves nothing open',
    { timeout: 30_000 },
    async ([, fault, states, spec], { expect, onTestFinished }) => {
      const node = await faulty(() => fault, spec);
      onTestFinished(node.end);
      const began = Date.now();
      const sample = await node.next();
      expect(Date.now() - began).toBeLessThan(LONGEST_MS);
      expect(states).toContain(sample.status.sync.state);
      expect(sample.status.container.state).toBe('running');
      if (sample.status.sync.state === 'not-answering') expect(sample.status.healthy).toBe(false);
      const again = await node.next();
      expect(states).toContain(again.status.sync.state);
      node.interrupt();
      await expect.poll(node.open, { timeout: 5_000 }).toBe(0);
      for (const change of node.changes) expect(changeText(change)).not.toMatch(/\p{Cc}/u);
      // A screen of 20 columns shows it, too.
      const view = { node: 'dev', now: sample.time, samples: [sample, again], news: [], blind: undefined, hint: 'q' };
      const plain = { unicode: false, paint: (_colour: string, text: string) => text };
      for (const line of viewLines(view, { columns: 20, rows: 24 }, plain)) expect(line.length).toBeLessThanOrEqual(20);
    },
  );
});

test('a node that falls from one fault into the next is watched through all of them, and found well afterwards', {
  timeout: 60_000,
}, async () => {
  const quick = FAULTS.filter(
    ([name]) => !['hangs', 'drips for ever', 'answers after a second'].includes(name) && !name.startsWith('syncs as'),
  );
  let at = -1;
  const node = await faulty(() => quick[at]?.[1] ?? answers(right));
  onTestFinished(node.end);
  for (at = 0; at <= quick.length; at++) {
    const { status } = await node.next();
    expect(quick[at]?.[2] ?? ['at-head'], quick[at]?.[0] ?? 'well').toContain(status.sync.state);
  }
  expect(node.changes.at(-1)?.word).toMatch(/state-changed|health-changed|phase-changed/);
});

test('the documentation has every fault with what is made of it', () => {
  const documented = [...readFileSync('docs/watch.md', 'utf8').matchAll(/^\| it (.+?) \| `([a-z-]+)` \|/gm)].map(([, name, state]) => [
    name,
    state,
  ]);
  expect(documented).toEqual(FAULTS.filter(([name]) => !name.startsWith('syncs as ')).map(([name, , [state]]) => [name, state]));
});
