import { expect, test } from 'vitest';
import type { ConsensusSpec } from '../../../src/node/consensus/consensus-spec.ts';
import { planConsensusNotes } from '../../../src/node/consensus/plan-consensus-notes.ts';
import { makeClient } from '../../fakes/fake-pair.ts';
import { CLIQUE, ENGINE } from '../geth-rules/networks.ts';
import { MAINNET, makeSpec } from '../make-node.ts';

const builtin: ConsensusSpec = { kind: 'builtin', beaconApis: ['http://10.0.0.5:5052'] };

test.each([
  ['that its client drives', 'snap', ENGINE, makeClient(), true],
  ['that drives itself', 'snap', ENGINE, builtin, true],
  ['that nobody drives', 'snap', ENGINE, null, true],
  ['that executes every block', 'full', ENGINE, makeClient(), false],
  ['of a public chain', 'snap', MAINNET, makeClient(), false],
  ['of a chain of sealers', 'snap', CLIQUE, null, false],
] as const)('the plan of a node %s, in mode %s, warns of a short chain: %#', (_what, mode, network, consensus, warns) => {
  const notes = planConsensusNotes(makeSpec({ mode, consensus }), network).filter((note) => note.includes('below block 64'));
  expect(notes).toHaveLength(warns ? 1 : 0);
  for (const note of notes) expect(note).toContain('--syncmode full');
});
