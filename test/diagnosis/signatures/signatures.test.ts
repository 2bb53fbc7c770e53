import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../../src/diagnosis/signatures/sign-line.ts';
import type { Signature } from '../../../src/diagnosis/signatures/signature.ts';
import { CAUSES, SIGNATURES } from '../../../src/diagnosis/signatures/signatures.ts';
import { readLogLine } from '../../../src/node/log/read-log-line.ts';

function knows(row: Signature, line: string): boolean {
  const { level, message, fields } = readLogLine(line);
  const because = row.because === undefined || row.because.test(fields.err ?? fields.error ?? '');
  return (row.level === undefined || row.level === level) && row.pattern.test(message) && because;
}

describe.each(SIGNATURES.map((row) => [row.id, row] as const))('%s', (id, row) => {
  test('knows its own line, and no other cause does', () => {
    expect(signatureOf(row.example)?.id).toBe(id);
    expect(CAUSES.filter((other) => other.id !== id && knows(other, row.example)).map((other) => other.id)).toEqual([]);
  });

  test('says what it means in a sentence and holds no state between lines', () => {
    expect(row.meaning).toMatch(/^[A-Z\w-].*\.$/);
    expect(row.meaning).not.toMatch(/\d{2,}%|nodectl/);
    expect(row.pattern.flags + (row.because?.flags ?? '')).not.toMatch(/[gy]/);
  });
});

test('ids are unique', () => {
  expect(new Set(SIGNATURES.map(({ id }) => id)).size).toBe(SIGNATURES.length);
});
