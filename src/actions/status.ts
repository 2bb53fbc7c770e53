import { NodectlError } from '../errors.ts';
import { composeStatus } from '../node/compose-status.ts';
import { executionShare } from '../node/consensus/split-budget.ts';
import { HTTP_PORT } from '../node/container-paths.ts';
import { formatDuration } from '../node/duration.ts';
import { type JudgedNode, judgeNode } from '../node/judge-node.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames, partNames } from '../node/names.ts';
import { containerFacts, enforcementNotes, type NodeStatus, publishedUrl } from '../node/node-status.ts';
import { presentSpec } from '../node/present.ts';
import { STATUS_CALLS } from '../node/rpc-facts.ts';
import { readSpec } from '../node/spec.ts';
import { storageNotes } from '../node/storage/storage-facts.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askExecution } from './ask-execution.ts';
import { askLight } from './ask-light.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { locateContainer } from './locate-container.ts';
import { lookAtConsensus } from './look-at-consensus.ts';
import { measureUse } from './measure-use.ts';
import { useNoter } from './note-use.ts';
import { readGethLog } from './read-geth-log.ts';
import { recallStopReason } from './recall-stop-reason.ts';
import { seeStorage, storagePlace } from './see-storage.ts';
import { withinDeadline } from './within-deadline.ts';

export interface StatusRequest {
  readonly node?: string | undefined;
  readonly timeout: number;
}

/**
 * Where a node stands, within `timeout` ms: one inspection by the engine, then one JSON-RPC batch and the measurements at
 * the same time. What does not answer is null and noted. NO_SUCH_NODE, NODE_AMBIGUOUS; TIMED_OUT when the engine is silent.
 */
export async function status(request: StatusRequest, world: World): Promise<NodeStatus> {
  const { clock } = world;
  const deadline = clock.now() + request.timeout;
  const finding = findRunning(request.node, world);
  // The other adapters load while the engine is asked.
  const loading = Promise.all([world.host(), world.rpc(), world.journal()]);
  const found = await withinDeadline(finding, deadline, clock, world.signal);
  if (found === 'late') {
    throw new NodectlError('TIMED_OUT', `The Docker engine did not answer within ${formatDuration(request.timeout)}.`, {
      hint: 'Raise --timeout, or look at the engine itself.',
    });
  }
  const { node, container, beside, engine } = found.value;
  const [host, rpc, journal] = await loading;
  const place = await locateContainer(container, engine, host, deadline, clock);

  const httpUrl = publishedUrl(container.ports, HTTP_PORT);
  const uptimeMs = containerFacts(container, clock.now()).uptimeMs ?? 0;
  const light = readSpec(container.labels)?.light ?? undefined;
  const [answer, measured, sight, proving, storage] = await Promise.all([
    light === undefined
      ? askExecution(container, STATUS_CALLS, place.local, deadline, rpc)
      : { failure: 'none', message: 'geth is not there' },
    measureUse({ container, local: place.local, uptimeMs, deadline }, engine, host, clock),
    beside && lookAtConsensus({ ...beside, local: place.local, deadline }, engine, world),
    light && askLight({ container, light, uptimeMs, url: place.local ? httpUrl : null }, deadline, rpc, clock),
    seeStorage(readSpec(container.labels) ?? { storage: null, storageMode: null }, storagePlace(node, container, place.local), world),
  ]);

  const present = presentSpec(container, beside?.container);
  const seen = { container, uptimeMs, now: clock.now(), spec: present, rpc: answer, light: proving, beside: sight };
  const atFirst = judgeNode(seen);
  const stoppedFor = recallStopReason(node, container, journal);
  const judged = atFirst.asksLog
    ? judgeNode({ ...seen, lines: await readGethLog(container, deadline, engine, clock), stoppedFor })
    : atFirst;
  const { said } = judged;
  if (said?.head !== undefined) journal.append(node, { kind: 'head', data: { number: said.head.number, hash: said.head.hash } });
  const note = useNoter(node, journal, host, clock);
  note({ container, local: place.local, use: measured.use });
  if (beside?.container !== undefined) note({ container: beside.container, local: place.local, use: sight?.use ?? null });
  const death = hasDied(judged) ? await explain(node, deadline, world) : null;
  const enforced = enforcementNotes(container, present && executionShare(present), place.kernel);
  const notes = [...measured.notes, ...storageNotes(storage), ...enforced, ...(sight?.notes ?? [])];
  return composeStatus({ node, seen, judged, light: proving, use: measured.use, storage, death, notes });
}

function hasDied({ sync, consensus }: JudgedNode): boolean {
  return [sync.state, consensus?.state.state].some((state) => state === 'dead' || state === 'restarting');
}

/** Loaded where something died alone: most looks find a node that lives. */
async function explain(node: string, deadline: number, world: World): Promise<NodeStatus['death']> {
  const { explainEnd, shortly } = await import('./explain-death.ts');
  return shortly(await explainEnd(node, world, deadline));
}

async function findRunning(name: string | undefined, world: World) {
  const engine = await world.engine();
  const node = await chooseNode(name, engine);
  const container = await engine.inspect(partNames(node).container);
  if (container?.labels[LABEL_NODE] === node) return { node, container, beside: await findBeside(node, container, engine), engine };
  const { volume, consensus } = await findNode(node, engine);
  if (volume === undefined && consensus === undefined) throw await noSuchNode(node, engine);
  const left = consensus === undefined ? 'chain volume' : 'consensus client';
  throw new NodectlError('NO_SUCH_NODE', `Of the node "${node}" only its ${left} is left.`, {
    hint: `Bring it back with \`nodectl up --name ${node}\`.`,
  });
}

/** The consensus client that a node shall have; a geth alone costs no question. */
async function findBeside(node: string, container: ObservedContainer, engine: Engine) {
  const spec = readSpec(container.labels)?.consensus;
  if (spec?.kind !== 'client') return undefined;
  const found = await engine.inspect(consensusNames(node).container);
  return { spec, container: found?.labels[LABEL_NODE] === node ? found : undefined };
}
