import { type History, type JudgedEnd, tellHistory } from '../diagnosis/history.ts';
import { notedDeaths } from '../diagnosis/journal-notes.ts';
import { isSameEnd } from '../diagnosis/known-runs.ts';
import { caseReport, type Diagnosis, told, toldEnd } from '../diagnosis/report.ts';
import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { type CaseSubject, subjectOfContainer, subjectsOfNode } from './case-subjects.ts';
import { chooseNode } from './choose-node.ts';
import { diagnoseCases, type JudgedCase, judgeRun, judgeUnread } from './diagnose-cases.ts';
import type { CaseGround } from './gather-case.ts';
import type { LogTime } from './logs.ts';
import { withinDeadline } from './within-deadline.ts';

export interface DiagnoseRequest {
  readonly node?: string | undefined;
  /** A container of whoever, in a node's place. */
  readonly container?: string | undefined;
  /** How far back deaths are counted; left out, a day, with `all` as far as anybody remembers. */
  readonly since?: LogTime | undefined;
  /** Every run is judged by its log, too. */
  readonly all: boolean;
}

/** What `diagnose` found: to be told, and what it was judged from. */
export interface Diagnosed {
  readonly report: Diagnosis;
  readonly cases: readonly JudgedCase[];
}

const DAY_MS = 86_400_000;
/**
 * All questions of one run together; what takes longer is evidence that is missing. A fraction of a second on a host at rest, but a
 * node is asked about where the host is at its end, and a verdict without the kernel's log is worth less than one that comes late.
 */
const ANSWER_MS = 4_000;
/** An engine that does not even tell of its containers. */
const ENGINE_MS = 5_000;
/** Who asks for all has a little more time, and gets so many of the last ends. */
const ALL_MS = 10_000;
const MOST_ENDS = 100;

/** Why a node, or one container, ended or is ill. NO_SUCH_NODE, NODE_AMBIGUOUS, TIMED_OUT and the engine's errors. */
export async function diagnose(request: DiagnoseRequest, world: World): Promise<Diagnosed> {
  const { clock } = world;
  const started = clock.now();
  const engine = await world.engine();
  const found = await withinDeadline(subjectsOf(request, engine), started + ENGINE_MS, clock);
  if (found === 'late')
    throw new NodectlError('TIMED_OUT', 'The Docker engine did not answer in 5 s.', { hint: 'Look at the engine itself.' });
  const now = clock.now();
  const since = sinceOf(request, now);
  const deadline = now + (request.all ? ALL_MS : ANSWER_MS);
  const { cases, grounds } = await diagnoseCases(found.value, { since, deadline }, engine, world);
  const ends = (
    await Promise.all(grounds.map((ground) => endsOf(ground, cases, { since, all: request.all, deadline }, engine, world)))
  ).flat();
  const history = tellHistory(ends, Math.max(since, earliest(grounds)), clock.now());
  return { report: reportOf(found.value, cases, history, started, clock.now()), cases };
}

async function subjectsOf({ node, container }: DiagnoseRequest, engine: Engine): Promise<readonly CaseSubject[]> {
  if (container !== undefined) return [await subjectOfContainer(container, engine)];
  return subjectsOfNode(await chooseNode(node, engine), engine);
}

function sinceOf({ since, all }: DiagnoseRequest, now: number): number {
  if (since === undefined) return all ? 0 : now - DAY_MS;
  return 'at' in since ? since.at : now - since.ago;
}

/** A window that is longer than the containers and their history says no more than one as long as they. */
function earliest(grounds: readonly CaseGround[]): number {
  const starts = grounds.flatMap(({ runs }) => runs.flatMap(({ run }) => (run.startedAt > 0 ? [run.startedAt] : [])));
  return Math.min(...grounds.map(({ born, subject }) => born || subject.container.createdAt), ...starts);
}

/** How the runs of one container ended: as it was judged just now, or when it was met, else by what is known without their logs. */
async function endsOf(
  ground: CaseGround,
  cases: readonly JudgedCase[],
  { since, all, deadline }: { readonly since: number; readonly all: boolean; readonly deadline: number },
  engine: Engine,
  world: World,
): Promise<readonly JudgedEnd[]> {
  const container = ground.subject.container.name;
  const ended = ground.runs.filter(({ run }) => (run.endedAt ?? -1) >= since).slice(-MOST_ENDS);
  const noted = notedDeaths(ground.journal);
  const ends: JudgedEnd[] = [];
  for (const known of ended) {
    const { run } = known;
    const judged = cases.find(({ evidence }) => isSameEnd({ containerId: evidence.container.id, run: evidence.run }, known));
    // What was judged again is the better judgement.
    const before = noted.findLast((other) => isSameEnd(other, known));
    if (judged === undefined && before !== undefined) {
      const { verdict, code, confidence, meaning } = before;
      ends.push({ container, run, verdict, code, confidence, meaning });
    } else {
      const unread = () => judgeUnread(ground, known, world.clock.now());
      const { verdict } = judged ?? (all ? await judgeRun(ground, known, deadline, engine, world) : unread());
      ends.push({ container, run, verdict: verdict.id, code: verdict.code, confidence: verdict.confidence, meaning: verdict.meaning });
    }
  }
  return ends;
}

function reportOf(
  subjects: readonly CaseSubject[],
  cases: readonly JudgedCase[],
  history: History,
  started: number,
  now: number,
): Diagnosis {
  const { since, deaths, counts, medianUptimeMs, summary } = history;
  return {
    at: new Date(now).toISOString(),
    node: subjects[0]?.node ?? null,
    code: cases[0]?.verdict.code ?? 39,
    cases: cases.map(caseReport),
    history: { since: told(since), deaths: deaths.map(toldEnd), counts, medianUptimeMs, summary },
    tookMs: now - started,
  };
}
