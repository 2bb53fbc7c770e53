import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { type JudgedRun, judgeCase } from '../diagnosis/judge-case.ts';
import { type KnownRun, presentRun } from '../diagnosis/known-runs.ts';
import { firstCauseFirst } from '../diagnosis/order-cases.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { seeCounters } from './case-host.ts';
import type { CaseSubject } from './case-subjects.ts';
import { type CaseGround, evidenceOf, groundOf } from './gather-case.ts';
import { noteEnd } from './note-evidence.ts';
import { readCaseLog } from './read-case-log.ts';

/** One run of one container with everything that speaks for its verdict. */
export interface JudgedCase extends JudgedRun {
  readonly evidence: CaseEvidence;
}

/** The cases of a node's containers, first causes first, and what their further runs are judged from. */
export interface JudgedCases {
  readonly cases: readonly JudgedCase[];
  readonly grounds: readonly CaseGround[];
}

type CaseLog = Pick<CaseEvidence, 'signed' | 'lastLines'>;

const UNREAD: CaseLog = { signed: [], lastLines: [] };

/**
 * Judges how each container's run goes or ended; of one that runs well, also how its last run ended, where that was since `since` (an
 * instant). Everything is read by `deadline`, and what the engine will forget is kept in the journal.
 */
export async function diagnoseCases(
  subjects: readonly CaseSubject[],
  { since, deadline }: { readonly since: number; readonly deadline: number },
  engine: Engine,
  world: World,
): Promise<JudgedCases> {
  const found = await Promise.all(subjects.map((subject) => casesOf(subject, { since, deadline }, engine, world)));
  return { cases: firstCauseFirst(found.flatMap(({ cases }) => cases)), grounds: found.map(({ ground }) => ground) };
}

async function casesOf(
  subject: CaseSubject,
  { since, deadline }: { readonly since: number; readonly deadline: number },
  engine: Engine,
  world: World,
): Promise<{ readonly cases: readonly JudgedCase[]; readonly ground: CaseGround }> {
  const { container } = subject;
  // The log of the present run is read while all else is.
  const reading = readCaseLog(container, presentRun(container, [], []), deadline, engine, world.clock);
  const [ground, log] = await Promise.all([groundOf(subject, { since, deadline }, engine, world), reading]);
  const present = ground.runs.at(-1) as KnownRun;
  const now = await judgeWith(ground, present, log, world);
  const earlier = ground.runs.at(-2);
  const livesAgain = present.run.startedAt > 0 && present.run.endedAt === null && earlier !== undefined;
  if (!livesAgain || (earlier.run.endedAt ?? 0) < since) return { cases: [now], ground };
  const before = await judgeRun(ground, earlier, deadline, engine, world);
  return { cases: before.verdict.code === 0 ? [now] : [now, before], ground };
}

/** Judges one run by all that is known of it, its log included, and keeps what came of it. */
export async function judgeRun(ground: CaseGround, run: KnownRun, deadline: number, engine: Engine, world: World): Promise<JudgedCase> {
  const { container } = ground.subject;
  // The log of a container that is gone went with it.
  const isGone = run.containerId !== container.id;
  const log = isGone ? UNREAD : await readCaseLog(container, run.run, deadline, engine, world.clock);
  return judgeWith(ground, run, log, world);
}

async function judgeWith(ground: CaseGround, run: KnownRun, log: CaseLog, world: World): Promise<JudgedCase> {
  const { container, node } = ground.subject;
  const counters = await seeCounters(container, run.run, { local: ground.engine.local, journal: ground.journal }, world);
  const judged = judge(ground, run, { ...log, counters }, world.clock.now());
  if (node !== null) noteEnd(node, judged, await world.journal());
  return judged;
}

/** Judges one run by what is known of it without reading its log. */
export function judgeUnread(ground: CaseGround, run: KnownRun, now: number): JudgedCase {
  return judge(ground, run, { ...UNREAD, counters: null }, now);
}

function judge(ground: CaseGround, run: KnownRun, read: Parameters<typeof evidenceOf>[2], now: number): JudgedCase {
  const evidence = evidenceOf(ground, run, read, now);
  return { evidence, ...judgeCase(evidence) };
}
