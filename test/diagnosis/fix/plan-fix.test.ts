import { expect, test } from 'vitest';
import type { CaseEvidence } from '../../../src/diagnosis/evidence.ts';
import { FIXABLE, planFix } from '../../../src/diagnosis/fix/plan-fix.ts';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import { RULES } from '../../../src/diagnosis/rules/index.ts';
import type { Verdict } from '../../../src/diagnosis/verdict.ts';
import type { Remedy } from '../../../src/finding.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import { makeCase, makeForeign, makeRunning } from '../case-factory.ts';
import { CAUSES } from '../causes.ts';

function told(id: string, remedies: readonly Remedy[], over: Partial<Verdict> = {}): Verdict {
  return { id, code: 20, confidence: 'certain', meaning: 'The kernel killed it.', supports: [], doubts: [], remedies, ...over };
}

function remedy(...commands: readonly string[]): Remedy {
  return { text: 'Do it.', commands };
}

/** What the first choice of each mending comes to. */
function planOf(evidence: CaseEvidence, verdict: Verdict, also: readonly Verdict[] = []) {
  const { mendings, refused } = planFix([{ evidence, verdict, also }]);
  return { mendings, refused, measures: mendings.flatMap(({ choices: [first = []] }) => first) };
}

const LIMITS = { memory: GIB, memorySwap: 2 * GIB, nanoCpus: 1e9, pids: 512 };

test('each remedy that can be done whole is a choice, in its order', () => {
  const commands = [
    ['docker system df'],
    ['nodectl up --name dev --memory 3G', 'vi x'],
    ['nodectl up --name dev --memory 2G'],
    ['nodectl start dev'],
  ];
  const remedies = [remedy(), ...commands.map((each) => remedy(...each))];
  const { mendings, refused } = planOf(makeCase(), told('oom.limit', remedies));
  const because = { verdict: 'oom.limit', cause: 'the kernel killed it' };
  expect(mendings).toMatchObject([
    { choices: [[{ kind: 'up', node: 'dev', memory: 2 * GIB, ...because }], [{ kind: 'start', ...because }]] },
  ]);
  expect(refused).toEqual([]);
});

test('a node that runs gets its limits live, and its settings are told to follow later', () => {
  const evidence = makeRunning(null, { container: { limits: LIMITS } });
  const memory = (evidence.spec?.memory ?? 0) + 512 * MIB;
  const { measures, mendings } = planOf(evidence, told('trend.memory', [remedy(`nodectl up --name dev --memory ${memory}`)], { code: 3 }));
  expect(measures).toMatchObject([{ kind: 'limits', memory: GIB + 512 * MIB, memorySwap: 2 * GIB + 512 * MIB }]);
  expect(mendings[0]?.afterLive).toContain('nodectl up --name dev');
});

test('unlimited swap stays so, and less is never given live', () => {
  const evidence = makeRunning(null, { container: { limits: { ...LIMITS, memorySwap: -1 } } });
  const more = (evidence.spec?.memory ?? 0) + GIB;
  expect(planOf(evidence, told('oom.child', [remedy(`nodectl up --name dev --memory ${more}`)])).measures).toMatchObject([
    { kind: 'limits', memorySwap: -1 },
  ]);
  expect(planOf(evidence, told('oom.host', [remedy('nodectl up --name dev --memory 256M')])).measures).toMatchObject([{ kind: 'up' }]);
});

test('what ended is started again after it was given what it lacked', () => {
  const swap = remedy('nodectl host swap add --size 2G');
  expect(planOf(makeCase(), told('oom.host', [swap])).measures).toMatchObject([{ kind: 'add-swap' }, { kind: 'start', node: 'dev' }]);
  expect(planOf(makeForeign(), told('oom.host', [swap])).measures).toMatchObject([{ kind: 'add-swap' }, { kind: 'start-container' }]);
  expect(planOf(makeRunning(null), told('trend.swap', [swap])).measures).toMatchObject([{ kind: 'add-swap' }]);
});

test('nothing is planned beyond the container that was judged, or on a machine that is not this one', () => {
  const elsewhere = { ...makeCase().engine, local: false };
  for (const command of [
    'nodectl up --name other',
    'nodectl start other',
    'docker start other',
    'docker update --memory 3g --memory-swap -1 other',
  ]) {
    expect(planOf(makeCase(), told('oom.limit', [remedy(command)]))).toMatchObject({ measures: [], refused: [{ verdict: 'oom.limit' }] });
  }
  expect(planOf(makeCase({ engine: elsewhere }), told('oom.host', [remedy('nodectl host swap add --size 2G')])).measures).toEqual([]);
});

test('what needs a decision of a person is refused with the first remedy in the hint', () => {
  const plan = planOf(makeCase(), told('database.corrupt', [remedy('nodectl start dev')], { code: 26 }));
  expect(plan).toMatchObject({ measures: [], refused: [{ verdict: 'database.corrupt', hint: 'Do it. `nodectl start dev`' }] });
});

test('a node that is well is left alone, but for the trouble it heads for', () => {
  const well = told('well', [], { code: 0 });
  const trend = told('trend.swap', [remedy('nodectl host swap add')], { code: 3, confidence: 'likely' });
  expect(planOf(makeRunning(null), well)).toEqual({ measures: [], mendings: [], refused: [] });
  expect(planOf(makeRunning(null), well, [trend]).measures).toHaveLength(1);
  expect(planOf(makeRunning(null), well, [{ ...trend, confidence: 'possible' }]).measures).toEqual([]);
});

test('what only shows how it goes on is no reason to leave a remedy to the person', () => {
  const remedies = [remedy('nodectl logs dev'), remedy('nodectl restart dev', 'nodectl logs dev')];
  const wedged = told('chain.wedged', remedies, { code: 28 });
  expect(planOf(makeRunning(null), wedged).mendings).toMatchObject([{ choices: [[{ kind: 'restart', node: 'dev' }]] }]);
  expect(planOf(makeCase(), wedged).mendings).toMatchObject([{ choices: [[{ kind: 'start', node: 'dev' }]] }]);
  expect(planOf(makeRunning(null), told('chain.wedged', [remedy('nodectl logs dev')])).refused).toHaveLength(1);
});

test('several runs of one container are mended once, for the first of them', () => {
  const verdict = told('oom.limit', [remedy('nodectl up --name dev --memory 2G')]);
  const start = told('end.engine', [remedy('nodectl start dev')], { code: 31 });
  const plan = planFix([verdict, start].map((each) => ({ evidence: makeCase(), verdict: each, also: [] })));
  expect(plan.mendings.map((each) => each.verdict)).toEqual(['oom.limit']);
});

test('each verdict that can be fixed is one of the rules', () => {
  const ids = RULES.map(({ id }) => id);
  expect(FIXABLE.filter((id) => !ids.includes(id))).toEqual([]);
});

test.each(CAUSES.map((row) => [row.cause, row] as const))('%s: planned or refused, and never both or neither', (_, { evidence }) => {
  const { verdict, also } = judgeCase(evidence);
  const { measures, refused } = planOf(evidence, verdict, also);
  const ill = verdict.code !== 0;
  expect(measures.length > 0 && refused.length > 0).toBe(false);
  if (ill) expect(measures.length + refused.length).toBeGreaterThan(0);
  if (!FIXABLE.includes(verdict.id) && ill) expect(measures).toEqual([]);
});

test('of what can be fixed only that is not which takes a decision, or a broken engine', () => {
  const fixable = CAUSES.filter(({ id }) => FIXABLE.includes(id));
  const refused = fixable.filter(({ evidence }) => planFix([{ evidence, ...judgeCase(evidence) }]).mendings.length === 0);
  expect(refused.map(({ cause, id }) => `${id}: ${cause}`).sort()).toEqual([
    'chain.no-consensus: no consensus client',
    'chain.no-consensus: no consensus client, not asked',
    'chain.no-consensus: no consensus client, of a node made without any that says so',
    "chain.no-consensus: no consensus client, of a stranger's geth that says so",
    'chain.wedged: wedged, seen from the client',
    'network.broken: firewall rules gone',
  ]);
});
