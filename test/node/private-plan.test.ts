import { describe, expect, test } from 'vitest';
import { chainRecord, labelRecord } from '../../src/node/chain-record.ts';
import { chainNetworkName } from '../../src/node/names.ts';
import { planUp } from '../../src/node/plan.ts';
import { errorOf } from '../error-code.ts';
import { makeObserved, makePrivate, makeVolume, NOTHING, NOW } from './make-node.ts';

const GENESIS = { path: 'nodectl/genesis.json', content: '{}', mode: 0o600 };
const kinds = (plan: ReturnType<typeof planUp>) => plan.steps.map((step) => step.kind);

describe('the plan of a node of a private chain', () => {
  test('writes the genesis into the new volume before a container exists', () => {
    const plan = planUp({ ...makePrivate(), files: [GENESIS] }, NOTHING, NOW);
    expect(kinds(plan)).toEqual(['create-volume', 'prepare-volume', 'create-network', 'init-chain', 'create-container', 'start-container']);
  });

  test('writes it again while no container exists, since an interrupted run may not have come so far', () => {
    const volume = makeVolume('office', { labels: { 'nodectl.node': 'office' } });
    expect(kinds(planUp(makePrivate(), { ...NOTHING, volume }, NOW))).toContain('init-chain');
  });

  test('is empty when the node is as it shall be', () => {
    const desired = makePrivate();
    expect(planUp(desired, makeObserved(desired), NOW).steps).toEqual([]);
  });

  test('makes the network again, which anybody may have removed, before a stopped node is started', () => {
    const desired = makePrivate();
    const plan = planUp(desired, makeObserved(desired, { state: 'exited' }), NOW);
    expect(kinds(plan)).toEqual(['create-network', 'start-container']);
  });

  test('is refused where that network is somebody else’s, and not for that of another chain', () => {
    const desired = makePrivate();
    const name = chainNetworkName(desired.spec.custom?.private?.genesis ?? '');
    for (const seen of [NOTHING, makeObserved(desired), makeObserved(desired, { state: 'exited' })]) {
      const error = errorOf(() => planUp(desired, { ...seen, foreign: [{ kind: 'network', name }] }, NOW));
      expect([error.code, error.hint]).toEqual(['NAME_TAKEN', expect.stringContaining(name)]);
    }
    const other = { kind: 'network', name: chainNetworkName('e2'.repeat(32)) } as const;
    expect(planUp(desired, { ...NOTHING, foreign: [other] }, NOW).steps).not.toEqual([]);
  });

  test('puts a new password into the volume of a node that stays as it is', () => {
    const desired = { ...makePrivate(), files: [{ ...GENESIS, path: 'nodectl/sealer-password' }], newPassword: true };
    const plan = planUp(desired, makeObserved(desired, { state: 'exited', exitCode: 1 }), NOW);
    expect(kinds(plan)).toEqual(['prepare-volume', 'create-network', 'start-container']);
  });

  test('never initialises a chain whose node is replaced', () => {
    const before = makePrivate();
    const after = makePrivate({ geth: '1.12.0' });
    const plan = planUp(after, makeObserved(before), NOW);
    expect(kinds(plan)).toContain('create-container');
    expect(kinds(plan)).not.toContain('init-chain');
  });

  test('writes on the volume’s label which chain it is, whole, so that no file is needed later', () => {
    const desired = makePrivate();
    const [step] = planUp(desired, NOTHING, NOW).steps;
    if (step?.kind !== 'create-volume') throw new Error('the first step makes the volume');
    expect(labelRecord(step.volume.labels)).toEqual(chainRecord(desired.spec, undefined));
    expect(labelRecord(step.volume.labels)?.custom?.private?.genesis).toBe(desired.spec.custom?.private?.genesis);
  });
});
