import { type CaseReport, caseReport } from '../diagnosis/report.ts';
import { NodectlError } from '../errors.ts';
import type { NodeStatus } from '../node/node-status.ts';
import type { World } from '../ports.ts';
import { subjectsOfNode } from './case-subjects.ts';
import { diagnoseCases, type JudgedCase } from './diagnose-cases.ts';
import { withinDeadline } from './within-deadline.ts';

/** Who has just met a death waits no longer than this for its cause. */
const ANSWER_MS = 800;
/** What was read by then is judged. */
const JUDGING_MS = 100;
/** An end that was longer ago is not the one that was met. */
const FRESH_MS = 3_600_000;

/** Why a part of a node ended, by the rules of `diagnose`, the first cause where several did; undefined where nothing can be told by `deadline` (an instant). */
export async function explainEnd(node: string, world: World, deadline = world.clock.now() + ANSWER_MS): Promise<CaseReport | undefined> {
  const { clock } = world;
  const now = clock.now();
  const engine = await world.engine();
  const judge = async () => {
    return diagnoseCases(await subjectsOfNode(node, engine), { since: now - FRESH_MS, deadline: deadline - JUDGING_MS }, engine, world);
  };
  const judged = await withinDeadline(judge(), deadline, clock).catch(() => 'late' as const);
  const found = judged === 'late' ? undefined : judged.value.cases.find(hasEnded);
  return found && caseReport(found);
}

/** The verdict of a case, as `status` and events tell it. */
export function shortly(found: CaseReport | undefined): NodeStatus['death'] {
  if (found === undefined) return null;
  const { id, code, confidence, meaning } = found.verdict;
  return { verdict: id, code, confidence, meaning };
}

function hasEnded({ evidence: { run, container } }: JudgedCase): boolean {
  return run.endedAt !== null || container.startedAt === 0;
}

/** An error of a death that was met, with its cause where it could be told in time, and what tells more; any other error as it is. */
export async function explained(thrown: unknown, node: string, world: World): Promise<unknown> {
  if (!(thrown instanceof NodectlError) || thrown.code !== 'CONTAINER_DIED') return thrown;
  const found = await explainEnd(node, world);
  const hint = `${thrown.hint} Why, and what helps: \`nodectl diagnose ${node}\`.`;
  if (found === undefined) return new NodectlError('CONTAINER_DIED', thrown.message, { hint, facts: thrown.facts, cause: thrown });
  const { id, confidence, code, meaning } = found.verdict;
  const facts = { ...thrown.facts, cause: meaning, verdict: `${id} (${confidence}, ${code})` };
  return new NodectlError('CONTAINER_DIED', thrown.message, { hint, facts, cause: thrown });
}
