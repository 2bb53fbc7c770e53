import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { levelFilter } from '../node/log/level-filter.ts';
import type { LogLevel } from '../node/log/log-level.ts';
import { LogPlace } from '../node/log/log-place.ts';
import { consensusNames, partNames } from '../node/names.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine, LogLine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { followLog } from './follow-log.ts';

/** An instant, or so many ms ago. */
export type LogTime = { readonly at: number } | { readonly ago: number };

export interface LogsRequest {
  readonly node?: string | undefined;
  /** The log of the consensus client in place of geth's. */
  readonly consensus: boolean;
  readonly follow: boolean;
  /** So many of the last lines; with `level`, of those it keeps. */
  readonly tail?: number | undefined;
  readonly since?: LogTime | undefined;
  readonly until?: LogTime | undefined;
  /** Only lines as grave as this, and what belongs to them. */
  readonly level?: LogLevel | undefined;
}

/**
 * The output of one part of a node line by line; following ends when the part is stopped or has ended for good, not when its restart
 * policy starts it again. NO_SUCH_NODE, NODE_AMBIGUOUS, USAGE for an end before the beginning.
 */
export async function* nodeLogs(request: LogsRequest, world: World): AsyncGenerator<LogLine> {
  const engine = await world.engine();
  const { id } = await loggedPart(request, engine);
  const { level, tail } = request;
  const now = world.clock.now();
  const [since, until] = [instant(request.since, now), instant(request.until, now)];
  if (since !== undefined && until !== undefined && since > until) throw new NodectlError('USAGE', '--since is later than --until.');
  const follow = request.follow && (until === undefined || until > now);
  const isKept = levelFilter(level);
  const place = new LogPlace();
  const query = { since, until, signal: world.signal };
  if (level === undefined || tail === undefined) {
    const lines = follow ? followLog(id, { ...query, tail }, engine, world, place) : engine.logs(id, { ...query, tail });
    for await (const line of lines) if (isKept(line)) yield line;
    return;
  }
  yield* await lastKept(engine.logs(id, query), tail, (line) => {
    place.pass(line);
    return isKept(line);
  });
  if (!follow) return;
  for await (const line of followLog(id, query, engine, world, place)) if (isKept(line)) yield line;
}

async function loggedPart(request: LogsRequest, engine: Engine): Promise<ObservedContainer> {
  const node = await chooseNode(request.node, engine);
  const container = await engine.inspect(request.consensus ? consensusNames(node).container : partNames(node).container);
  if (container === undefined) throw request.consensus ? await noConsensus(node, engine) : await noSuchNode(node, engine);
  if (container.labels[LABEL_NODE] !== node) {
    throw new NodectlError('NAME_TAKEN', `The container ${container.name} is not nodectl's.`, {
      hint: `Use docker logs ${container.name}.`,
    });
  }
  return container;
}

/** The last `most` lines of those kept: which ones they are is known only at the end. */
async function lastKept(lines: AsyncIterable<LogLine>, most: number, isKept: (line: LogLine) => boolean): Promise<readonly LogLine[]> {
  const last: LogLine[] = [];
  for await (const line of lines) {
    if (!isKept(line)) continue;
    last.push(line);
    if (last.length > 2 * most) last.splice(0, last.length - most);
  }
  return last.slice(Math.max(0, last.length - most));
}

function instant(time: LogTime | undefined, now: number): number | undefined {
  return time === undefined ? undefined : 'at' in time ? time.at : now - time.ago;
}

async function noConsensus(node: string, engine: Engine): Promise<NodectlError> {
  await findNode(node, engine);
  return new NodectlError('NO_SUCH_NODE', `${node} has no container of a consensus client.`, {
    hint: `See what it has with \`nodectl inspect ${node}\`; the log of geth: \`nodectl logs ${node}\`.`,
  });
}
