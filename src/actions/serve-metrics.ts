import { NodectlError } from '../errors.ts';
import { EXPOSITION_TYPE } from '../node/watch/metrics/exposition.ts';
import { isLoopback, shownAddress } from '../node/watch/metrics/listen-address.ts';
import { metricsPage } from '../node/watch/metrics/metrics-page.ts';
import type { NodeSample } from '../node/watch/sample.ts';
import type { ListenAddress } from '../ports/metrics-server.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { followNodes, type NodeFollower, type Watch } from './follow-nodes.ts';
import { type FoundNodes, nodeLister, nodesOf } from './list-followed.ts';
import { withinDeadline } from './within-deadline.ts';

export interface ServeMetricsRequest {
  readonly listen: ListenAddress;
  /** What a look may be old, ms; `watch` looks as often. */
  readonly intervalMs: number;
}

/** Of a scraper that does not tell what it waits, and ours with the engine at the start. */
const PATIENCE_MS = 5_000;
/** A node that comes is watched, and its events are told, also where nobody scrapes. */
const UNASKED_MS = 10_000;

/**
 * Serves the metrics of every node of the engine until the person interrupts, however the nodes and the engine come and go
 * meanwhile. Only at its start the engine has to answer: its errors, ENGINE_UNREACHABLE for one that hangs, and those of the address
 * (PORT_TAKEN, PERMISSION, USAGE).
 */
export async function serveMetrics({ listen, intervalMs }: ServeMetricsRequest, watch: Watch, world: World): Promise<void> {
  const { clock, console } = world;
  const server = await world.metricsServer();
  const found = await firstNodes(world);
  const follower = followNodes(watch, clock);
  const listNodes = nodeLister(world);
  let known = found.all;
  const over = new AbortController();
  const signal = AbortSignal.any([world.signal, over.signal]);

  const refresh = async (deadline: number) => {
    const nodes = await listNodes(deadline);
    // An answer that comes after the end begins nothing.
    if (nodes === undefined || signal.aborted) return false;
    known = nodes.all;
    follower.follow(nodes.made);
    return true;
  };
  const page = async (patienceMs: number = PATIENCE_MS) => {
    const deadline = clock.now() + Math.min(patienceMs, PATIENCE_MS);
    const engineUp = await refresh(deadline);
    const nodes = engineUp ? await readAll(known, follower, intervalMs, deadline) : new Map(known.map((node) => [node, undefined]));
    return metricsPage({ version: VERSION, engineUp, nodes });
  };
  const refreshUnasked = async () => {
    while (!signal.aborted) {
      await clock.sleep(UNASKED_MS, signal);
      if (!signal.aborted) await refresh(clock.now() + PATIENCE_MS);
    }
  };

  const { port, ended } = await server.listen(listen, page, EXPOSITION_TYPE, signal);
  follower.follow(found.made);
  const at = shownAddress({ ...listen, port });
  console.notice(`Metrics of every node at http://${at}/metrics, until Ctrl-C.`);
  if (!isLoopback(listen))
    console.warn(`Whoever reaches ${at} can read them: the names, versions and states of all nodes, without a password.`);
  try {
    await Promise.race([ended, follower.broken, refreshUnasked().then(() => ended)]);
  } finally {
    over.abort('not served any more');
    follower.follow([]);
  }
}

async function firstNodes(world: World): Promise<FoundNodes> {
  const listing = world.engine().then((engine) => engine.list());
  const answer = await withinDeadline(listing, world.clock.now() + PATIENCE_MS, world.clock, world.signal);
  if (answer === 'late') throw new NodectlError('ENGINE_UNREACHABLE', 'The Docker engine does not answer.');
  return nodesOf(answer.value);
}

async function readAll(
  nodes: readonly string[],
  follower: NodeFollower,
  intervalMs: number,
  deadline: number,
): Promise<ReadonlyMap<string, NodeSample | undefined>> {
  const samples = await Promise.all(nodes.map((node) => follower.read(node, intervalMs, deadline)));
  return new Map(nodes.map((node, at) => [node, samples[at]]));
}
