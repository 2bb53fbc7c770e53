import { NodectlError } from '../errors.ts';
import { chainNetwork } from '../node/chain-network.ts';
import { presentSpec } from '../node/present.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { findSiblings } from './peer-siblings.ts';
import { afterStart, beforeStart, type StartReport } from './start-and-wait.ts';
import { type StopReport, stopContainer } from './stop-node.ts';
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
  readonly endpoints: { readonly http: string; readonly ws: string };
}

/** Starts a node's container as it is, waits until it answers, and tells what its last death cost. */
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
  const { container, volume } = await findNode(node, engine);
  const { own, spec } = ready(node, container);
  const running = own.state === 'running' || own.state === 'restarting';
  const stopped = stopFirst ? await stopContainer(node, own, world) : null;
  const now = stopFirst ? ((await engine.inspect(own.name)) ?? own) : own;
  const last = await beforeStart(node, now, volume?.createdAt ?? 0, world);
  const chain = spec.custom?.private;
  if (chain !== undefined) await engine.createNetwork(chainNetwork(spec.network, chain, VERSION));
  if (chain !== undefined && (stopFirst || !running)) await findSiblings(own, engine);
  await engine.startContainer(own.name);
  const { local } = await engine.info();
  const report = await afterStart(
    { name: node, container: own.name, spec, local },
    last,
    { goal: request.wait, timeoutMs: request.timeoutMs },
    world,
  );
  return {
    node,
    wasRunning: running,
    stop: stopped,
    start: report,
    endpoints: { http: `http://127.0.0.1:${spec.ports.http}`, ws: `ws://127.0.0.1:${spec.ports.ws}` },
  };
}

function ready(node: string, container: ObservedContainer | undefined): { readonly own: ObservedContainer; readonly spec: NodeSpec } {
  const spec = presentSpec(container);
  if (container === undefined || spec === undefined) {
    throw new NodectlError('NO_SUCH_NODE', `${node} has no container to start.`, {
      hint: `Make it again with \`nodectl up --name ${node}\`; the chain is kept.`,
    });
  }
  return { own: container, spec };
}
