import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '../../../src/node/node-status.ts';
import { parseWaitConditions } from '../../../src/node/wait-condition.ts';
import { holds } from '../../../src/node/watch/holds.ts';
import { makeContainer, makeSample } from './make-sample.ts';

/** Whether the conditions hold of a node at its head with five peers, but for what is said. */
const held = (words: string, over: Partial<NodeStatus> = {}) => {
  const head = { number: 100, hash: '0xab', time: '2026-11-21T11:59:48.000Z', ageMs: 12_000 };
  const status = { head, peers: 5, sync: { state: 'at-head', indexing: 0 } as const, consensus: null, ...over };
  return holds(parseWaitConditions([words]), makeSample({}, status));
};

describe('a condition of watching', () => {
  it.each(['rpc', 'peers=5', 'block=100', 'synced', 'healthy', 'synced,peers=3'])('%s holds at the head', (words) => {
    expect(held(words)).toBe(true);
  });

  it.each(['peers=6', 'block=101', 'stopped', 'synced,peers=6'])('%s does not', (words) => {
    expect(held(words)).toBe(false);
  });

  it.each(['rpc', 'peers=0', 'block=0', 'synced', 'healthy'])('%s does not hold of a node that has stopped', (words) => {
    const silent = { head: null, peers: null, healthy: false, geth: { version: '1.17.8', answersAs: null } };
    expect(held(words, { ...silent, sync: { state: 'stopped' }, container: makeContainer({ state: 'exited' }) })).toBe(false);
  });

  it('stopped holds once the container is at rest', () => {
    expect(held('stopped', { container: makeContainer({ state: 'exited' }) })).toBe(true);
    expect(held('stopped', { container: makeContainer({ state: 'restarting' }) })).toBe(false);
  });
});
