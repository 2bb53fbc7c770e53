import { describe, expect, test } from 'vitest';
import { chainRecord, labelRecord, readRecord, recordText } from '../../src/node/chain-record.ts';
import { makePrivate, makeSpec } from './make-node.ts';

describe('the record of a chain', () => {
  test('survives being written and read', () => {
    const record = chainRecord(makePrivate().spec, undefined);
    expect(readRecord(recordText(record))).toEqual(record);
  });

  test('keeps the newest version that ever wrote, also after an older one did', () => {
    const newer = chainRecord(makeSpec({ geth: '1.17.8' }), undefined);
    const older = chainRecord(makeSpec({ geth: '1.16.9' }), newer);
    expect(older.geth).toBe('1.17.8');
    expect(chainRecord(makeSpec({ geth: '1.17.10' }), older).geth).toBe('1.17.10');
  });

  test.each([
    '',
    'null',
    '[]',
    '{"v":2}',
    '{"v":1}',
    'not json',
    '{"v":1,"network":"dev","custom":null,"geth":1,"scheme":null,"history":"all"}',
  ])('is unknown, not wrong, where the text is %j', (text) => {
    expect(readRecord(text)).toBeUndefined();
    expect(labelRecord({ 'nodectl.chain': text })).toBeUndefined();
  });
});
