import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionText, parseWaitConditions, WAIT_WORDS } from '../../src/node/wait-condition.ts';
import { errorOf } from '../error-code.ts';

describe('what is waited for', () => {
  test.each([
    [['rpc'], ['rpc']],
    [
      ['rpc', 'synced'],
      ['rpc', 'synced'],
    ],
    [
      ['rpc,peers=3', 'block=0'],
      ['rpc', 'peers=3', 'block=0'],
    ],
    [['rpc, healthy'], ['rpc', 'healthy']],
    [['rpc', 'rpc,rpc'], ['rpc']],
    [['peers=3,peers=5'], ['peers=3', 'peers=5']],
    [['block=007'], ['block=7']],
    [['stopped,stopped'], ['stopped']],
  ])('%j is %j', (given, conditions) => {
    expect(parseWaitConditions(given).map(conditionText)).toEqual(conditions);
  });

  test.each([
    [[]],
    [['']],
    [['rpc,']],
    [[',']],
    [['peers']],
    [['peers=']],
    [['peers=-1']],
    [['peers=1.5']],
    [['peers=0x3']],
    [['peers=three']],
    [['block=abc']],
    [['block=1e3']],
    [['block=9999999999999999']],
    [['rpc=1']],
    [['RPC']],
    [['head=3']],
    [['stopped', 'rpc']],
    [['healthy,stopped']],
    [['constructor']],
    [['x'.repeat(100_000)]],
  ])('%j is refused with exit 2 and the list', (given) => {
    const error = errorOf(() => parseWaitConditions(given));
    expect([error.code, error.exit]).toEqual(['USAGE', 2]);
    for (const word of WAIT_WORDS) expect(error.hint).toContain(word);
    expect(error.message.length).toBeLessThan(200);
  });

  test('is read or refused, whatever is given', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (given) => {
        try {
          const conditions = parseWaitConditions(given);
          expect(parseWaitConditions(conditions.map(conditionText))).toEqual(conditions);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'USAGE' });
        }
      }),
    );
  });
});
