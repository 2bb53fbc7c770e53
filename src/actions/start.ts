import { NodectlError } from '../errors.ts';
import { type NodeEndpoints, nodeEndpoints } from '../node/node-endpoints.ts';
import { partsNetwork } from '../node/parts-network.ts';
import { presentSpec } from '../node/present.ts';
import { refuseForeignNetwork } from '../node/refuse-foreign.ts';
import type { NodeSpec } from '../node/spec.ts';
import { refuseUnfinished } from '../node/unfinished.ts';
import type { ObservedContainer, ObservedNode } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { findSiblings } from './peer-siblings.ts';
import { readyStorage } from './ready-storage.ts';
import { refreshBuiltin } from './refresh-builtin.ts';
import { refreshLight } from './refresh-light.ts';
import { refuseFull } from './refuse-full.ts';
import { afterStart, beforeStart, type StartReport } from './start-and-wait.ts';
import { type StopReport, stopNode } from './stop-node.ts';
import type { WaitGoal } from './wait-until-ready.ts';

export interface StartRequest {
  readonly node: string | undefined;
  readonly wait: WaitGoal;
  readonly timeoutMs: number;
}

export interface StartedReport {
  readonly node: string;
  readonly wasRunning: boolean;
  /** The stop that came before, for `restart`. */
  readonly stop: StopReport | null;
  readonly start: StartReport;
  readonly endpoints: NodeEndpoints;
  /** Where geth's own light consensus begins, and who vouches for that; sentences. */
  readonly notes: readonly string[];
}

/** Starts a node's containers as they are, waits until they answer, and tells what its last death cost. */
export async function start(request: StartRequest, world: World): Promise<StartedReport> {
  return startNode(request, false, world);
}

/** Stops in good order, then starts. */
export async function restart(request: StartRequest, world: World): Promise<StartedReport> {
  return startNode(request, true, world);
}

async function startNode(request: StartRequest, stopFirst: boolean, world: World): Promise<StartedReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const observed = await findNode(node, engine);
  refuseUnfinished(node, observed.leftovers);
  const { own, beside, spec } = ready(node, observed);
  const network = partsNetwork(node, spec, VERSION);
  refuseForeignNetwork(network, observed);
  const running = [own, ...beside].every(({ state }) => state === 'running' || state === 'restarting');
  const info = await engine.info();
  const unlessFull = () => refuseFull({ node, spec, args: own.args, volume: observed.volume, force: false }, info, world);
  // Nothing is stopped that could not be started again.
  if (stopFirst) await unlessFull();
  const stopped = stopFirst ? await stopNode(node, observed, world) : null;
  const now = stopFirst ? ((await engine.inspect(own.name)) ?? own) : own;
  const last = await beforeStart(node, now, observed.volume?.createdAt ?? 0, world);
  if (network !== undefined) await engine.createNetwork(network);
  if (spec.custom?.private !== undefined && spec.light === null && (stopFirst || !running)) await findSiblings(own, engine);
  if (spec.light !== null && (stopFirst || !running)) await refreshLight(node, spec, spec.light, now, world);
  const begins = spec.consensus?.kind === 'builtin' && (stopFirst || !running) ? spec.consensus : undefined;
  const notes = begins === undefined ? [] : await refreshBuiltin(spec, begins, now, world);
  await readyStorage(spec, observed.volume, info.local, world);
  if (!stopFirst && !running) await unlessFull();
  // Geth first: its consensus client looks for it by its name, which only a running container has.
  for (const { name } of [own, ...beside]) await engine.startContainer(name);
  const report = await afterStart(
    { name: node, container: own.name, spec, local: info.local },
    last,
    { goal: request.wait, timeoutMs: request.timeoutMs },
    world,
  );
  return {
    node,
    wasRunning: running,
    stop: stopped,
    start: report,
    endpoints: nodeEndpoints(spec),
    notes,
  };
}

interface Startable {
  readonly own: ObservedContainer;
  /** The consensus client's container, where the node has one. */
  readonly beside: readonly ObservedContainer[];
  readonly spec: NodeSpec;
}

/** NO_SUCH_NODE for a node that lacks a part: only `up` can make it. */
function ready(node: string, { container, consensus }: ObservedNode): Startable {
  const spec = presentSpec(container);
  const hint = `Make it again with \`nodectl up --name ${node}\`; the chain is kept.`;
  if (container === undefined || spec === undefined) throw new NodectlError('NO_SUCH_NODE', `${node} has no container to start.`, { hint });
  if (spec.consensus?.kind !== 'client') return { own: container, beside: [], spec };
  if (consensus !== undefined) return { own: container, beside: [consensus], spec };
  throw new NodectlError('NO_SUCH_NODE', `${node} is half made: its consensus client (${spec.consensus.client}) has no container.`, {
    hint,
  });
}
