import { describe, expect, it } from 'vitest';
import { agreeOnRoot, type Claimant, type OlderRoot, olderEpochsToAsk } from '../../../src/node/endpoints/agree-on-root.ts';

/** `A 10 x`: A calls epoch 10 final, with root x. */
function claimants(words: readonly string[]): Claimant[] {
  return words.map((word, index) => {
    const [owner = '', epoch = '', root = '', chain = 'main'] = word.split(' ');
    const claim = { epoch: Number(epoch), slot: Number(epoch) * 32, root, chain, slotsPerEpoch: 32 };
    return { provider: { url: `http://${owner}${index}`, owner }, claim };
  });
}

/** What each that is ahead says of older epochs: `A 9` → a root, or none. */
function asked(all: readonly Claimant[], says: Readonly<Record<string, string>>): OlderRoot[] {
  return olderEpochsToAsk(all).map(({ newer: { provider }, at }) => ({ provider, at, root: says[`${provider.owner} ${at.epoch}`] }));
}

function outcome(words: readonly string[], says: Readonly<Record<string, string>> = {}, needed: 1 | 2 = 2): string {
  const all = claimants(words);
  const providers = all.map(({ provider }) => provider);
  const agreed = agreeOnRoot(all, asked(all, says), needed, providers);
  if (!('claim' in agreed)) return 'none';
  return `${agreed.claim.epoch} ${agreed.claim.root} by ${agreed.vouchers.map(({ provider }) => provider.owner).join('')}`;
}

describe('the root that providers agree on', () => {
  it.each([
    ['the same claim of two owners', ['A 10 x', 'B 10 x'], {}, '10 x by AB'],
    ['not of one owner under two names of a server', ['A 10 x', 'a 10 x'], {}, 'none'],
    ['not two claims for one epoch', ['A 10 x', 'B 10 y'], {}, 'none'],
    ['the older one, where who is ahead gives the same root for it', ['A 10 x', 'B 9 w'], { 'A 9': 'w' }, '9 w by AB'],
    ['not where who is ahead gives another', ['A 10 x', 'B 9 w'], { 'A 9': 'v' }, 'none'],
    ['not where who is ahead does not tell', ['A 10 x', 'B 9 w'], {}, 'none'],
    ['not with one that stands still, though it tells the truth', ['A 10 x', 'B 5 w'], { 'A 5': 'w' }, 'none'],
    ['the older one where more vouch for it', ['A 10 x', 'B 10 x', 'C 9 w'], { 'A 9': 'w', 'B 9': 'w' }, '9 w by ABC'],
    ['the newer one where the older one is two epochs behind', ['A 10 x', 'B 10 x', 'C 8 w'], { 'A 8': 'w', 'B 8': 'w' }, '10 x by AB'],
    ['of the two honest ones, against one that invents a newer epoch', ['L 12 z', 'A 10 x', 'B 10 x'], { 'L 10': 'z' }, '10 x by AB'],
    ['of the two honest ones, against one that puts itself first', ['L 10 z', 'A 10 x', 'B 10 x'], {}, '10 x by AB'],
    ['not across chains', ['A 10 x main', 'B 10 x other'], {}, 'none'],
  ] as const)('is %s', (_words, words, says, expected) => {
    expect(outcome(words, says)).toBe(expected);
  });

  it.each([
    ['one alone', ['A 10 x'], '10 x by A'],
    ['not one that another contradicts', ['A 10 x', 'B 10 y'], 'none'],
    ['not one of two chains', ['A 10 x main', 'B 10 x other'], 'none'],
  ] as const)('may by force be the word of %s', (_words, words, expected) => {
    expect(outcome(words, {}, 1)).toBe(expected);
  });

  it('is never one that only confirmers call final', () => {
    const all = claimants(['A 10 x', 'B 10 x', 'C 9 w']);
    const [, , api] = all;
    const agreed = agreeOnRoot(all, asked(all, { 'A 9': 'w' }), 2, api === undefined ? [] : [api.provider]);
    expect('claim' in agreed && agreed.claim.epoch).toBe(9);
  });
});
