import { HTTP_PORT } from '../node/container-paths.ts';
import { type JudgedNode, judgeNode, type NodeSight } from '../node/judge-node.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames, partNames } from '../node/names.ts';
import { publishedUrl } from '../node/node-status.ts';
import { presentSpec } from '../node/present.ts';
import { POLL_CALLS, type STATUS_CALLS } from '../node/rpc-facts.ts';
import { readSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askExecution } from './ask-execution.ts';
import { askLight, type LightSight } from './ask-light.ts';
import { locateContainer } from './locate-container.ts';
import { askClient } from './look-at-consensus.ts';
import { readGethLog } from './read-geth-log.ts';
import { recallStopReason } from './recall-stop-reason.ts';

/** What one look showed of a node's parts; undefined = there is none. */
export interface NodeLook {
  readonly container: ObservedContainer | undefined;
  /** The consensus client. */
  readonly beside: ObservedContainer | undefined;
  /** Where they stand together; undefined without the node's own container. */
  readonly judged: JudgedNode | undefined;
  /** What that was judged by. */
  readonly seen: SeenNode | undefined;
}

export interface SeenNode extends NodeSight {
  /** Its containers are on this machine. */
  readonly local: boolean;
  readonly light: LightSight | undefined;
}

/** How to look, for who looks again and again. */
export interface LookManner {
  readonly calls?: typeof POLL_CALLS | typeof STATUS_CALLS;
  readonly readLog?: typeof readGethLog;
}

/** Looks at a node's parts once and judges them as `status` does, but measures nothing, so that it can be done often. What does not answer by `deadline` is judged as silent. */
export async function lookAtNode(
  node: string,
  deadline: number,
  engine: Engine,
  world: World,
  { calls = POLL_CALLS, readLog = readGethLog }: LookManner = {},
): Promise<NodeLook> {
  const container = await inspectOwn(partNames(node).container, node, engine);
  if (container === undefined) {
    return { container, beside: await inspectOwn(consensusNames(node).container, node, engine), judged: undefined, seen: undefined };
  }
  const spec = readSpec(container.labels);
  const client = spec?.consensus?.kind === 'client' ? spec.consensus : undefined;
  const beside = client && (await inspectOwn(consensusNames(node).container, node, engine));
  const { clock } = world;
  const [host, rpc] = await Promise.all([world.host(), world.rpc()]);
  const { local } = await locateContainer(container, engine, host, deadline, clock);
  const uptimeMs = Math.max(0, clock.now() - container.startedAt);
  const light = spec?.light ?? undefined;
  const url = local ? publishedUrl(container.ports, HTTP_PORT) : null;
  const [answer, proving, sight] = await Promise.all([
    light === undefined ? askExecution(container, calls, local, deadline, rpc) : { failure: 'none', message: 'geth is not there' },
    light && askLight({ container, light, uptimeMs, url }, deadline, rpc, clock),
    client && askClient({ spec: client, container: beside, local, deadline }, engine, world),
  ]);
  const present = presentSpec(container, beside);
  const seen: SeenNode = { container, uptimeMs, now: clock.now(), spec: present, rpc: answer, light: proving, beside: sight, local };
  const judged = judgeNode(seen);
  if (!judged.asksLog) return { container, beside, judged, seen };
  const stoppedFor = recallStopReason(node, container, await world.journal());
  const read = { ...seen, lines: await readLog(container, deadline, engine, clock), stoppedFor };
  return { container, beside, judged: judgeNode(read), seen: read };
}

async function inspectOwn(container: string, node: string, engine: Engine): Promise<ObservedContainer | undefined> {
  const found = await engine.inspect(container);
  return found?.labels[LABEL_NODE] === node ? found : undefined;
}
