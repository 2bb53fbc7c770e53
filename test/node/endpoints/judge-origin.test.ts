import { describe, expect, it } from 'vitest';
import type { AgreedOrigin } from '../../../src/node/endpoints/agreed-origin.ts';
import { agreedOrigin } from '../../../src/node/endpoints/agreed-origin.ts';
import type { JudgedBeacon } from '../../../src/node/endpoints/judge-beacon.ts';
import { judgeByAgreement, judgeOrigin, type Testimony } from '../../../src/node/endpoints/judge-origin.ts';

const EPOCH_MS = 384_000;
/** In the middle of epoch 103: 100 may be final, and 101. */
const NOW = 103.5 * EPOCH_MS;
const HONEST = `0x${'aa'.repeat(32)}`;
const FORGED = `0x${'bb'.repeat(32)}`;

const claim = (epoch: number, root = HONEST): JudgedBeacon => {
  return { epoch, slot: epoch * 32, root, chain: 'mainnet', slotsPerEpoch: 32, genesis: 0, epochMs: EPOCH_MS };
};
const judge = (slot: number, root: string, said: Partial<Testimony>, now = NOW) =>
  judgeOrigin({ slot, root }, { claim: claim(100), canonical: false, root: undefined, ...said }, now);

describe('what another provider says of the block that a client takes for final', () => {
  it.each<[string, number, string, Partial<Testimony>, string]>([
    ['it finalizes the same', 3200, HONEST, {}, 'confirmed'],
    ['it finalizes the same, whose first slots were missed', 3197, HONEST, { canonical: undefined }, 'confirmed'],
    ['it finalizes another at that epoch', 3200, FORGED, {}, 'contradicted for good'],
    ['it finalizes another at that epoch, and does not tell of the block', 3200, FORGED, { canonical: undefined }, 'contradicted for good'],
    ['it is ahead and has it', 3168, HONEST, { canonical: true }, 'confirmed'],
    ['it is ahead, serves no headers, and gives the same root', 3168, HONEST, { canonical: undefined, root: HONEST }, 'confirmed'],
    ['it is ahead and has another', 3168, FORGED, { root: HONEST }, 'contradicted for good'],
    ['it is ahead and has another at the checkpoint of a block that is none', 3150, FORGED, { root: HONEST }, 'contradicted for good'],
    ['it is ahead and did not say whether it has it', 3168, FORGED, { canonical: undefined, root: HONEST }, 'unknown'],
    ['it is ahead and keeps nothing so old', 3168, FORGED, {}, 'unknown'],
    ['it is behind and has it', 3232, HONEST, { canonical: true }, 'confirmed'],
    ['it is behind and has another for now', 3232, FORGED, { root: HONEST }, 'contradicted for now'],
    ['it is behind and knows nothing of it', 3232, FORGED, {}, 'unknown'],
    ['it says nothing, and nothing so new can be final', 3297, FORGED, { canonical: undefined }, 'contradicted for good'],
  ])('%s', (_words, slot, root, said, expected) => {
    const verdict = judge(slot, root, said);
    const time = verdict.kind !== 'contradicted' ? '' : verdict.final ? ' for good' : ' for now';
    expect(`${verdict.kind}${time}`).toBe(expected);
  });

  it('allows a clock to be an epoch behind', () => {
    expect(judge(3232, FORGED, {}, 102.01 * EPOCH_MS).kind).toBe('unknown');
    expect(judge(3232, FORGED, {}, 101.99 * EPOCH_MS).kind).toBe('contradicted');
  });
});

describe('what was agreed on before', () => {
  const agreed = { root: HONEST, epoch: 100, slot: 3200, confirmed: true } as AgreedOrigin;

  it.each([
    ['the same block', 3200, HONEST, agreed, 'confirmed'],
    ['the same block, before missed slots', 3190, HONEST, agreed, 'confirmed'],
    ['another of that epoch', 3200, FORGED, agreed, 'contradicted'],
    ['another of that epoch, before its first slot', 3175, FORGED, agreed, 'contradicted'],
    ['the same block, which one alone vouched for', 3200, HONEST, { ...agreed, confirmed: false }, undefined],
    ['another, which one alone vouched for', 3200, FORGED, { ...agreed, confirmed: false }, 'contradicted'],
    ['a later one', 3201, HONEST, agreed, undefined],
    ['an older one', 3168, FORGED, agreed, undefined],
  ] as const)('judges %s', (_words, slot, root, before, expected) => {
    expect(judgeByAgreement({ slot, root }, before)?.kind).toBe(expected);
  });

  it('names who can be asked: another owner than the client’s provider', () => {
    const asked = ['a', 'b', 'c', 'd'].map((url, index) => ({ url, owner: ['One', 'Two', 'one', 'Three'][index] ?? '' }));
    const { from, others } = agreedOrigin({ ...agreed, agreed: ['a', 'c', 'd'] }, asked) ?? {};
    expect([from?.url, others?.map(({ url }) => url)]).toEqual(['a', ['d']]);
    expect(agreedOrigin({ ...agreed, agreed: [] }, asked)).toBeUndefined();
  });
});
