import { describe, expect, it } from 'vitest';
import { endpointBookText, readEndpointBook } from '../../../src/node/endpoints/read-endpoint-book.ts';
import { errorOf } from '../../error-code.ts';

const BOOK = { v: 1, executionRpcs: ['https://a.example/KEY'], beaconApis: [], checkpoints: ['http://u:KEY@b.example'] } as const;
const written = endpointBookText({ ...BOOK, executionRpcs: [...BOOK.executionRpcs], beaconApis: [], checkpoints: [...BOOK.checkpoints] });

describe('the endpoint book', () => {
  it('reads what it wrote', () => {
    expect(readEndpointBook(written, 'n')).toEqual(BOOK);
  });

  it.each([
    ['is empty', ''],
    ['is cut off', written.slice(0, -5)],
    ['is of a later version', written.replace('"v":1', '"v":2')],
    ['lacks a role', '{"v":1,"executionRpcs":["https://a.example/KEY"]}'],
    ['holds more than it may', written.replace('{', '{"KEY":1,')],
    ['is something else', '["KEY"]'],
    ['is null', 'null'],
    ['holds what is no address', written.replace('https://a', 'gopher://a')],
  ])('is refused, without being repeated, when it %s', (_what, text) => {
    const error = errorOf(() => readEndpointBook(text, 'my-node'));
    expect([error.code, error.exit, error.message]).toEqual(['ENDPOINTS_REFUSED', 4, expect.stringContaining('my-node')]);
    expect(error.message + error.hint).not.toContain('KEY');
  });
});
