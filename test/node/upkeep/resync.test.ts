import { describe, expect, test } from 'vitest';
import { NodectlError } from '../../../src/errors.ts';
import { findUnstarted, unstartedName } from '../../../src/node/unfinished.ts';
import { readResync, resyncLabel } from '../../../src/node/upkeep/resync-record.ts';
import { refuseResync, resyncQuestion } from '../../../src/node/upkeep/resync-refusal.ts';
import { startsAgain } from '../../../src/node/upkeep/starts-again.ts';
import type { ObservedContainer } from '../../../src/ports/containers.ts';
import { chainSpec } from '../../fakes/private-nodes.ts';
import { MAINNET, makeDesired, makeObserved, makeSummary, NOTHING, NOW } from '../make-node.ts';

const part = (state: ObservedContainer['state'], exitCode = 0) => ({ state, exitCode });

describe('whether a node runs again after the work', () => {
  test.each([
    ['runs', [part('running')], true],
    ['is started by the engine again and again', [part('restarting', 1)], true],
    ['is paused', [part('paused')], true],
    ['died', [part('exited', 1)], true],
    ['was killed', [part('exited', 137)], true],
    ['was stopped', [part('exited')], false],
    ['was never started', [part('created')], false],
    ['has no container', [undefined], false],
    ['was stopped but for its consensus client', [part('exited'), part('running')], true],
  ])('is answered for one that %s', (_, parts, expected) => {
    expect(startsAgain(...parts)).toBe(expected);
  });
});

const codeOf = (act: () => unknown) => {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return thrown instanceof NodectlError ? thrown.code : thrown;
  }
};

describe('a resync', () => {
  test('is refused for a volume that is not there', () => {
    const observed = makeObserved(makeDesired());
    expect(codeOf(() => refuseResync('dev', observed))).toBeUndefined();
    expect(codeOf(() => refuseResync('dev', { ...observed, volume: undefined }))).toBe('NO_SUCH_NODE');
  });

  test('says of a chain that nobody else has that it is lost, and of any other that it is fetched', () => {
    const asked = (over: object, profile = MAINNET) => resyncQuestion('x', makeObserved(makeDesired(over, 'x', profile)));
    const lab = chainSpec();
    const [own, dev, hoodi] = [asked(lab, lab.custom ?? MAINNET), asked({}), asked({ network: 'hoodi', chainId: 560048 })];
    expect(own).toBe(dev);
    expect(hoodi).not.toBe(dev);
  });

  test('reads its own record back, and nothing else', () => {
    const record = { v: 1, starts: true } as const;
    expect(readResync(resyncLabel(record))).toEqual(record);
    for (const text of ['', '{}', '{"v":2,"starts":true}']) expect(readResync({ 'nodectl.resync': text })).toBeUndefined();
  });
});

test('a marker that tells of a start still to come is forgotten once somebody else has started the node', () => {
  const marker = makeSummary({ name: unstartedName('dev'), createdAt: NOW });
  const seen = (over: Partial<ObservedContainer>) => findUnstarted('dev', { ...makeObserved(makeDesired(), over), leftovers: [marker] });
  expect(seen({ state: 'exited', startedAt: NOW - 1000 })).toBe(marker);
  expect(seen({ state: 'exited', startedAt: NOW + 1000 })).toBeUndefined();
  expect(seen({ state: 'running', startedAt: NOW - 1000 })).toBeUndefined();
  expect(findUnstarted('dev', { ...NOTHING, leftovers: [marker] })).toBe(marker);
});
