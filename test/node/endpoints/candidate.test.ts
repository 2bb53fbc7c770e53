import { describe, expect, it } from 'vitest';
import { CandidateSchema } from '../../../src/node/endpoints/endpoint-book.ts';

const takes = (url: string) => CandidateSchema.safeParse({ url, owner: 'A', asOf: '2026-11' }).success;

describe("a profile's candidate", () => {
  it.each(['https://a.example', 'http://172.17.0.1:3500', 'https://a.example/eth'])('may be %s', (url) => {
    expect(takes(url)).toBe(true);
  });

  it.each(['https://u:p@a.example', 'ws://a.example', 'http://[::1', 'http://a.example:99999', 'a.example', ''])('may not be %j', (url) => {
    expect(takes(url)).toBe(false);
  });
});
