import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseEvidence } from '../../src/diagnosis/evidence.ts';
import { judgeCase } from '../../src/diagnosis/judge-case.ts';

/** Evidence as `diagnose` gathered it of deaths that test/diagnosis-makers brought about: engine 20.10, cgroup v1, Linux 6.18, geth 1.17.8. */
interface Recorded {
  readonly cause: string;
  readonly verdict: string;
  readonly evidence: CaseEvidence;
}

const folder = join(import.meta.dirname, 'recorded');
const recorded = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded);

describe('the verdict on evidence of a real death', () => {
  it.each(recorded)('$verdict: $cause', ({ verdict, evidence }) => {
    expect(judgeCase(evidence).verdict.id).toBe(verdict);
  });
});
