import { expect, test } from 'vitest';
import { areSiblings, isDialled } from '../../src/node/siblings.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { makeDesired, makePrivate, OFFICE } from './make-node.ts';

const labels = (over: Partial<NodeSpec>) => makePrivate(over).container.labels;
const full = labels({});
const light = labels({ mode: 'light' });
const server = labels({ lightPeers: 10 });
const elsewhere = { ...OFFICE, private: { ...OFFICE.private, genesis: 'e2'.repeat(32) } } as NodeSpec['custom'];

test.each([
  ['two full nodes of a chain', full, full, true],
  ['a light client and a light server', light, server, true],
  ['a light client and a node that serves none', light, full, false],
  ['two light clients', light, light, false],
  ['nodes of two chains', full, labels({ custom: elsewhere }), false],
  ['nodes of a public network', makeDesired().container.labels, makeDesired().container.labels, false],
  ['a node and something without a spec', full, {}, false],
])('%s can be siblings: %#', (_, one, other, expected) => {
  expect([areSiblings(one, other), areSiblings(other, one)]).toEqual([expected, expected]);
});

test('a light client is not dialled: it finds its servers itself', () => {
  expect([isDialled(light), isDialled(full), isDialled(server)]).toEqual([false, true, true]);
});
