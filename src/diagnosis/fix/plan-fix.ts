import type { Remedy } from '../../finding.ts';
import type { CaseEvidence } from '../evidence.ts';
import type { Verdict } from '../verdict.ts';
import type { FixPlan, Measure, Mending, Refusal } from './measure.ts';
import { type Deed, readCommand } from './read-command.ts';

/**
 * Verdicts whose cause the commands of a remedy take away, or whose cause is over. The others need a decision of a person: what to
 * delete, which flag or image was meant, why a program crashed.
 */
export const FIXABLE: readonly string[] = [
  ...['oom.limit', 'oom.child', 'oom.host', 'trend.memory', 'trend.swap'],
  ...['kill.stop-timeout', 'kill.engine', 'kill.stranger', 'kill.early', 'end.engine', 'end.unexpected'],
  ...['port.taken', 'network.broken', 'never-started', 'chain.no-consensus', 'chain.wedged', 'chain.upstream'],
];

/** What every measure tells of its reason. */
type Why = Pick<Measure, 'cause' | 'verdict'>;

/** A judged run of a container. */
export interface JudgedRun {
  readonly evidence: CaseEvidence;
  readonly verdict: Verdict;
  readonly also: readonly Verdict[];
}

/** How each container that is ill may be mended by the remedies that nodectl can carry out whole, live where it runs. Pure. */
export function planFix(cases: readonly JudgedRun[]): FixPlan {
  const mendings: Mending[] = [];
  const refused: Refusal[] = [];
  const seen: string[] = [];
  for (const judged of cases) {
    const { evidence } = judged;
    const ill = illnessOf(judged);
    if (ill === undefined || seen.includes(evidence.container.id)) continue;
    seen.push(evidence.container.id);
    const why = { verdict: ill.id, cause: causeOf(ill) };
    const doable = FIXABLE.includes(ill.id) ? ill.remedies.flatMap((remedy) => deedsOf(remedy, evidence) ?? []) : [];
    if (doable.length === 0) refused.push(refusal(ill));
    else {
      const choices = doable.map(({ deeds }) => measuresFor(deeds, why, evidence));
      mendings.push({ verdict: ill.id, choices, afterLive: evidence.node === null ? null : settingsFollow(evidence) });
    }
  }
  return { mendings, refused };
}

/** The verdict that is to be remedied: of what is well, the trouble it heads for. */
function illnessOf({ verdict, also }: JudgedRun): Verdict | undefined {
  if (verdict.code !== 0) return verdict;
  return also.find(({ code, confidence }) => code === 3 && confidence !== 'possible');
}

/** Undefined where a command of it is left to the person. */
function deedsOf({ commands }: Remedy, evidence: CaseEvidence): { readonly deeds: readonly Deed[] } | undefined {
  const deeds = commands.flatMap((command) => readCommand(command) ?? []).filter((deed) => concerns(deed, evidence));
  return deeds.some(({ kind }) => kind !== 'look') && deeds.length === commands.length ? { deeds } : undefined;
}

/** A remedy never reaches beyond the container that was judged, and the machine only where the engine runs on it. */
function concerns(deed: Deed, { node, container, engine }: CaseEvidence): boolean {
  switch (deed.kind) {
    case 'add-swap':
      return engine.local;
    case 'up':
    case 'start':
    case 'restart':
    case 'look':
      return deed.node === node;
    case 'update':
    case 'start-container':
      return deed.container === container.name;
  }
}

function measuresFor(deeds: readonly Deed[], why: Why, evidence: CaseEvidence): readonly Measure[] {
  const { container, node } = evidence;
  const runs = container.state === 'running';
  const again = { ...why, cause: 'it is to run again' };
  const measures = deeds.flatMap((deed, index) => measureOf(deed, index > 0 && isStart(deed) ? again : why, runs, evidence) ?? []);
  if (runs || measures.some((measure) => measure.kind === 'up' || isStart(measure))) return measures;
  return [...measures, node === null ? { kind: 'start-container', container, ...again } : { kind: 'start', node, ...again }];
}

function isStart({ kind }: Deed | Measure): boolean {
  return kind === 'start' || kind === 'restart' || kind === 'start-container';
}

function measureOf(deed: Deed, why: Why, runs: boolean, evidence: CaseEvidence): Measure | undefined {
  const { container } = evidence;
  switch (deed.kind) {
    case 'add-swap':
      return { ...deed, ...why };
    case 'update':
      return { kind: 'limits', container, memory: deed.memory, memorySwap: deed.memorySwap, ...why };
    case 'up':
      return (runs ? liveLimits(deed, why, evidence) : undefined) ?? { ...deed, ...why, before: sizesBefore(deed, evidence) };
    case 'start':
      // Of an earlier run of what runs again; said of the present one, another part of the node is down.
      return runs && !evidence.present ? undefined : { ...deed, ...why, kind: 'start' };
    case 'restart':
      return { ...deed, ...why, kind: runs ? 'restart' : 'start' };
    case 'look':
      return undefined;
    case 'start-container':
      return runs ? undefined : { kind: 'start-container', container, ...why };
  }
}

function sizesBefore({ memory, swap }: Deed & { kind: 'up' }, { spec }: CaseEvidence) {
  if (spec === null || (memory === undefined && swap === undefined)) return null;
  return { ...(memory === undefined ? {} : { memory: spec.memory }), ...(swap === undefined ? {} : { swap: spec.swap }) };
}

/** More for the whole node is more for the part that needs it; undefined where that is not what is asked, or would be less. */
function liveLimits(deed: Deed & { kind: 'up' }, why: Why, { container, spec }: CaseEvidence): Measure | undefined {
  const { memory: limit, memorySwap } = container.limits;
  if (spec === null || deed.port !== undefined || (deed.memory === undefined && deed.swap === undefined) || limit <= 0) return undefined;
  const moreMemory = (deed.memory ?? spec.memory) - spec.memory;
  const moreSwap = (deed.swap ?? spec.swap) - spec.swap;
  if (moreMemory < 0 || moreSwap < 0) return undefined;
  const both = memorySwap < 0 ? -1 : memorySwap + moreMemory + moreSwap;
  return { kind: 'limits', container, memory: limit + moreMemory, memorySwap: both, ...why };
}

function settingsFollow({ node, role }: CaseEvidence): string {
  const what = role === 'execution' ? 'The cache of geth' : 'What the program takes for itself';
  return `${what} is still that of the old limit; \`nodectl up --name ${node}\` lets it follow, with a restart.`;
}

function causeOf({ meaning }: Verdict): string {
  const sentence = meaning.replace(/\.$/, '');
  return /^(?:The|It|Its|A|An|Another|Nobody|Somebody|Something) /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function refusal({ id, meaning, remedies }: Verdict): Refusal {
  const [first] = remedies;
  const hint = first === undefined ? '' : [first.text, ...first.commands.map((command) => `\`${command}\``)].join(' ');
  return { verdict: id, message: `${meaning} Nodectl cannot mend that by itself.`, hint };
}
