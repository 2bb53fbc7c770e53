import { NodectlError } from '../errors.ts';
import { formatDuration } from '../node/duration.ts';
import { judgeCondition, type WaitSight } from '../node/judge-condition.ts';
import { consensusNames, partNames } from '../node/names.ts';
import { conditionText, type WaitCondition } from '../node/wait-condition.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { lookAtNode, type NodeLook } from './look-at-node.ts';
import { deathBetween, partDied } from './part-death.ts';
import { refuseVainWait } from './refuse-vain-wait.ts';
import { watchParts } from './watch-parts.ts';
import { withinDeadline } from './within-deadline.ts';

export interface WaitRequest {
  readonly node?: string | undefined;
  readonly conditions: readonly WaitCondition[];
  /** 0: look once. */
  readonly timeoutMs: number;
}

/** How the node stood when all conditions held. */
export interface WaitReport {
  readonly node: string;
  /** The conditions in the words they were given. */
  readonly met: readonly string[];
  readonly afterMs: number;
  /** Of geth or the light client, in the words of `status`; null where its container is gone. */
  readonly state: string | null;
  readonly head: number | null;
  readonly peers: number | null;
  /** Of a node that has stopped; null while it runs, and before it ran. */
  readonly exitCode: number | null;
}

/** A wait is prolonged by 1.5 % on average, and by a second at most: a look costs one inspection and one batch. */
const PAUSE = { part: 0.03, least: 50, most: 2_000 } as const;
/** A light client's proof is fetched from elsewhere on the way. */
const ANSWER_MS = 5_000;
/** An engine that takes longer than this beyond the answers is as good as away. */
const ENGINE_MS = 5_000;
/** Also a wait of no time takes one look. */
const FIRST_LOOK_MS = 2_000;

/**
 * Waits until all conditions hold at one look. TIMED_OUT with what was seen last of each that does not; CONTAINER_DIED as soon as
 * the engine tells the end of a part, also where it is started again; NODE_NOT_RUNNING, NO_SUCH_NODE, PORT_TAKEN and UNSUPPORTED_OPTION
 * where waiting would be in vain. An engine that goes away meanwhile is waited for, too.
 */
export async function waitFor({ node: asked, conditions, timeoutMs }: WaitRequest, world: World): Promise<WaitReport> {
  const { clock } = world;
  const started = clock.now();
  const deadline = started + timeoutMs;
  const found = await withinDeadline(find(asked, world), started + Math.max(timeoutMs, FIRST_LOOK_MS), clock, world.signal);
  if (found === 'late') throw new NodectlError('TIMED_OUT', `The Docker engine did not answer in ${formatDuration(timeoutMs)}.`);
  const { node, engine } = found.value;
  try {
    return await waitUntilMet(node, conditions, { started, deadline, timeoutMs }, engine, world);
  } catch (thrown) {
    const { explained } = await import('./explain-death.ts');
    throw await explained(thrown, node, world);
  }
}

async function waitUntilMet(
  node: string,
  conditions: readonly WaitCondition[],
  { started, deadline, timeoutMs }: { readonly started: number; readonly deadline: number; readonly timeoutMs: number },
  engine: Engine,
  world: World,
): Promise<WaitReport> {
  const { clock, console } = world;
  const endsWell = conditions.some(({ kind }) => kind === 'stopped');
  const watch = watchParts([partNames(node).container, consensusNames(node).container], engine, clock, world.signal);
  let first: NodeLook | undefined;
  let away = false;
  let unmet: Readonly<Record<string, string>> = {};
  try {
    for (let looks = 0; ; looks++) {
      if (world.signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while waiting for ${node}; it goes on as it is.`);
      const death = endsWell ? undefined : watch.death();
      if (death !== undefined) {
        const { containerName: name, time: at } = death;
        throw await partDied({ node, name, exitCode: death.exitCode ?? (await engine.inspect(name))?.exitCode, at }, engine);
      }
      const left = Math.max(deadline - clock.now(), looks === 0 ? FIRST_LOOK_MS : 0);
      const looking = lookAtNode(node, clock.now() + Math.min(left, ANSWER_MS), engine, world).catch(engineAway(looks));
      const seen = await watch.within(looking, Math.min(left, ANSWER_MS + ENGINE_MS));
      if (seen === 'woken') continue;
      const look = seen === 'late' ? SILENT : seen.value;
      // What the end of the time cut off shows less than the look before.
      const cut = looks > 0 && clock.now() >= deadline;
      if (look instanceof NodectlError) {
        if (!away && !cut) console.warn(`${look.message} Waiting goes on.`);
        away = true;
        if (!cut) unmet = Object.fromEntries(conditions.map((condition) => [conditionText(condition), look.message]));
      } else {
        if (away) console.notice('The Docker engine answers again.');
        away = false;
        if (!endsWell) {
          const died = first && (await deathBetween(node, first, look, engine));
          if (died !== undefined) throw died;
          await refuseVainWait(node, conditions, look, engine);
        }
        const now = unmetOf(conditions, look);
        if (Object.keys(now).length === 0) return reportOf(node, conditions, look, clock.now() - started);
        if (!cut) unmet = now;
        if (look.container?.state === 'running') first ??= look;
      }
      const now = clock.now();
      if (now >= deadline) throw timedOut(node, unmet, timeoutMs);
      await watch.nap(Math.min(deadline - now, PAUSE.most, Math.max(PAUSE.least, PAUSE.part * (now - started))));
    }
  } finally {
    watch.close();
  }
}

async function find(asked: string | undefined, world: World): Promise<{ readonly node: string; readonly engine: Engine }> {
  const engine = await world.engine();
  const node = await chooseNode(asked, engine);
  await findNode(node, engine);
  return { node, engine };
}

const SILENT = new NodectlError('ENGINE_UNREACHABLE', 'The Docker engine does not answer.');

/** At the first look an engine that is not there ends the wait; later it may come back. */
function engineAway(looks: number): (thrown: unknown) => NodectlError {
  return (thrown) => {
    if (looks > 0 && thrown instanceof NodectlError && thrown.code.startsWith('ENGINE_')) return thrown;
    throw thrown;
  };
}

function unmetOf(conditions: readonly WaitCondition[], { container, beside, judged }: NodeLook): Readonly<Record<string, string>> {
  const sight: WaitSight = { parts: [container, beside].flatMap((part) => part ?? []), judged };
  return Object.fromEntries(
    conditions.flatMap((condition) => {
      const verdict = judgeCondition(condition, sight);
      return verdict.met ? [] : [[conditionText(condition), verdict.seen]];
    }),
  );
}

function timedOut(node: string, unmet: Readonly<Record<string, string>>, timeoutMs: number): NodectlError {
  const names = Object.keys(unmet).join(', ');
  return new NodectlError('TIMED_OUT', `${node} did not reach ${names} in ${formatDuration(timeoutMs)}.`, {
    hint: `Raise --timeout, or look with \`nodectl status ${node}\`.`,
    facts: unmet,
  });
}

function reportOf(node: string, conditions: readonly WaitCondition[], { container, judged }: NodeLook, afterMs: number): WaitReport {
  const ended = container !== undefined && container.finishedAt > 0 && container.state !== 'running' && container.state !== 'paused';
  return {
    node,
    met: conditions.map(conditionText),
    afterMs,
    state: judged?.sync.state ?? null,
    head: judged?.said?.head?.number ?? null,
    peers: judged?.said?.peers ?? null,
    exitCode: ended ? container.exitCode : null,
  };
}
