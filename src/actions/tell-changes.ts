import { NodectlError } from '../errors.ts';
import { partNames } from '../node/names.ts';
import { changes } from '../node/watch/changes.ts';
import type { Change, CloudEvent } from '../node/watch/cloud-event.ts';
import type { NodeSample } from '../node/watch/sample.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { eventTeller } from './event-teller.ts';
import { explainEnd, shortly } from './explain-death.ts';
import { type WatchNews, watchNode } from './watch-node.ts';
import { withinDeadline } from './within-deadline.ts';

/** Of an engine that hangs. */
const ENGINE_MS = 5_000;

export interface TellRequest {
  readonly node?: string | undefined;
  readonly intervalMs: number;
  /** As of `watchNode`. */
  readonly directions?: boolean;
}

/** The samples of a node, passed on; `tell` gets every change between them, and the event of it, before the sample that shows it. */
export async function* tellChanges(
  { node: asked, intervalMs, directions = false }: TellRequest,
  world: World,
  tell: (change: Change, event: CloudEvent) => void,
): AsyncGenerator<NodeSample> {
  const { node, hostname } = await begin(asked, world);
  const pass = eventTeller(hostname, tell);
  let before: NodeSample | undefined;
  for await (const sample of watchNode(node, { intervalMs, directions, tell: (news) => pass(newsChange(news, node)) }, world)) {
    for (const change of changes(before, sample)) pass(change.word === 'container-died' ? await withCause(change, world) : change);
    before = sample;
    yield sample;
  }
}

/** A death with the verdict on it, as `status` tells it; what takes long is left out. */
async function withCause(change: Change, world: World): Promise<Change> {
  return { ...change, data: { ...change.data, death: shortly(await explainEnd(change.node, world)) } };
}

/** The node, and the name of its engine's host. NO_SUCH_NODE, NODE_AMBIGUOUS, and the engine's errors; ENGINE_UNREACHABLE for one that hangs. */
async function begin(asked: string | undefined, world: World): Promise<{ readonly node: string; readonly hostname: string }> {
  const ask = async () => {
    const engine = await world.engine();
    const [node, { hostname }] = await Promise.all([chooseNode(asked, engine), engine.info()]);
    return { node, hostname };
  };
  const found = await withinDeadline(ask(), world.clock.now() + ENGINE_MS, world.clock, world.signal);
  if (found === 'late') throw new NodectlError('ENGINE_UNREACHABLE', 'The Docker engine does not answer.');
  return found.value;
}

function newsChange(news: WatchNews, node: string): Change {
  const { time } = news;
  switch (news.kind) {
    case 'engine-lost':
      return { word: 'engine-lost', node, time, data: { message: news.message } };
    case 'engine-back':
      return { word: 'engine-back', node, time, data: {} };
    case 'gone':
      return { word: 'container-gone', node, time, data: { part: 'execution', container: partNames(node).container } };
  }
}
