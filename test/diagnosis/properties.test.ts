import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseEvidence } from '../../src/diagnosis/evidence.ts';
import { judgeCase } from '../../src/diagnosis/judge-case.ts';
import { LAST_RESORTS, RULES } from '../../src/diagnosis/rules/index.ts';
import { CONFIDENCES, type Verdict } from '../../src/diagnosis/verdict.ts';
import { VERDICT_CLASSES } from '../../src/diagnosis/verdict-classes.ts';
import { UNPRINTABLE } from '../../src/node/printable.ts';
import { CAUSES } from './causes.ts';

const IDS = [...RULES, ...LAST_RESORTS].map(({ id }) => id);

/** Parts of the evidence of different cases put together: nothing that could be seen at once is left out. */
const part = <K extends keyof CaseEvidence>(key: K) => fc.constantFrom(...CAUSES.map(({ evidence }) => evidence[key]));
const mixed: fc.Arbitrary<CaseEvidence> = fc
  .record({
    ...{ now: part('now'), node: part('node'), role: part('role'), container: part('container'), present: fc.boolean(), run: part('run') },
    ...{ spec: part('spec'), gethVersion: fc.constantFrom(null, '1.9.25', '1.13.15', '1.16.9', '1.17.8'), image: part('image') },
    ...{ engine: part('engine'), events: part('events'), eventsSince: part('eventsSince'), kernel: part('kernel') },
    ...{ counters: part('counters'), host: part('host'), signed: part('signed'), lastLines: part('lastLines'), judged: part('judged') },
    journal: part('journal'),
  })
  .map((evidence) => evidence);

/** What engines and kernels can tell at the worst: no instant, no code that anybody knows, words of any kind. */
const instant = fc.oneof(fc.constant(0), fc.constant(Number.NaN), fc.integer({ min: -1, max: 2 ** 42 }));
const hostile = fc
  .tuple(mixed, instant, instant, fc.option(fc.integer()), fc.option(fc.boolean()), fc.string({ unit: 'binary', maxLength: 400 }))
  .map(([evidence, startedAt, endedAt, exitCode, oomKilled, text]): CaseEvidence => {
    const run = { ...evidence.run, startedAt, endedAt, exitCode, oomKilled };
    const container = { ...evidence.container, error: text, name: text, args: [text, '--cache', text], env: { GOMEMLIMIT: text } };
    const signed = evidence.signed.map((line) => ({ ...line, text, at: endedAt }));
    return { ...evidence, run, container, signed, lastLines: [{ at: startedAt, text }] };
  });

function told({ verdict, also }: ReturnType<typeof judgeCase>): readonly Verdict[] {
  return [verdict, ...also];
}

describe('whatever was seen', () => {
  test('there is one verdict, of the table, under its class, and it is no less sure than what was also seen', () => {
    fc.assert(
      fc.property(fc.oneof(mixed, hostile), (evidence) => {
        const verdicts = told(judgeCase(evidence));
        for (const { id, code, meaning } of verdicts) {
          expect(IDS).toContain(id);
          expect(VERDICT_CLASSES[code]).toBeDefined();
          expect(meaning).not.toBe('');
        }
        const [first, ...rest] = verdicts.filter(({ code }) => code !== 3).map(({ confidence }) => CONFIDENCES.indexOf(confidence));
        for (const other of rest) expect(first ?? 0).toBeLessThanOrEqual(other);
      }),
      { numRuns: 400 },
    );
  });

  test('the same evidence gives the same words', () => {
    fc.assert(
      fc.property(mixed, (evidence) => {
        expect(judgeCase(structuredClone(evidence))).toEqual(judgeCase(evidence));
      }),
      { numRuns: 100 },
    );
  });

  test('no line of evidence can move a terminal, and none is longer than 300 characters', () => {
    fc.assert(
      fc.property(hostile, (evidence) => {
        for (const { supports, doubts } of told(judgeCase(evidence))) {
          for (const { value } of [...supports, ...doubts]) {
            expect(value.match(UNPRINTABLE)).toBeNull();
            expect([...value].length).toBeLessThanOrEqual(301);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('evidence that is missing', () => {
  /** Ways not to have seen something. */
  const blinders: readonly (readonly [string, (evidence: CaseEvidence) => CaseEvidence])[] = [
    ['the kernel log', (evidence) => ({ ...evidence, kernel: { blind: 'Operation not permitted' } })],
    ['the events', (evidence) => ({ ...evidence, events: [], eventsSince: null })],
    ['the process id', (evidence) => ({ ...evidence, run: { ...evidence.run, pid: null } })],
    ['the journal', (evidence) => ({ ...evidence, journal: [] })],
    ['the image', (evidence) => ({ ...evidence, image: null })],
  ];
  const sureness = ({ confidence }: Verdict) => CONFIDENCES.indexOf(confidence);

  test.each(blinders)('%s never makes a verdict surer', (_, blind) => {
    for (const { cause, evidence } of CAUSES) {
      const [seeing, blinded] = [judgeCase(evidence).verdict, judgeCase(blind(evidence)).verdict];
      if (blinded.id === seeing.id) expect(sureness(blinded), cause).toBeGreaterThanOrEqual(sureness(seeing));
    }
  });

  test('of the kernel log and the events leaves no verdict on a SIGKILL certain', () => {
    const kills = CAUSES.filter(({ evidence: { run } }) => run.exitCode === 137 && run.endedAt !== null);
    expect(kills.length).toBeGreaterThan(15);
    for (const { cause, evidence } of kills) {
      const blinded = { ...evidence, kernel: { blind: 'not here' }, events: [], eventsSince: null };
      if (evidence.container.error === '') expect(judgeCase(blinded).verdict.confidence, cause).not.toBe('certain');
    }
  });
});
