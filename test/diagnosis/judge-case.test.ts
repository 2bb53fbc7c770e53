import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../src/diagnosis/judge-case.ts';
import { CAUSES } from './causes.ts';

describe('each cause is told apart from every other', () => {
  test.each(CAUSES)('$cause is $id', ({ evidence, id, code, confidence }) => {
    const { verdict } = judgeCase(evidence);
    expect({ id: verdict.id, code: verdict.code, confidence: verdict.confidence }).toEqual({ id, code, confidence });
  });

  test('the matrix of true cause and verdict has nothing beside its diagonal', () => {
    const beside = CAUSES.filter(({ evidence, id }) => judgeCase(evidence).verdict.id !== id).map(({ cause }) => cause);
    expect(beside).toEqual([]);
  });

  test('a start that failed has one cause, which the engine told', () => {
    const failed = CAUSES.filter(({ evidence }) => evidence.present && evidence.container.error !== '');
    expect(failed.length).toBeGreaterThan(10);
    for (const { cause, evidence } of failed)
      expect(
        judgeCase(evidence).also.map(({ id }) => id),
        cause,
      ).toEqual([]);
  });
});
