import { NodectlError } from '../errors.ts';
import { companyOf } from '../node/company.ts';
import { consensusNotes, waitingReason } from '../node/consensus/consensus-notes.ts';
import { type ConsensusStatus, consensusStatus, waitsForItsTurn } from '../node/consensus/consensus-status.ts';
import { executionShare } from '../node/consensus/split-budget.ts';
import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';
import { formatDuration } from '../node/duration.ts';
import { asksExecutionLog, judgeByLog } from '../node/execution-log.ts';
import { executionNotes } from '../node/execution-notes.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames, partNames } from '../node/names.ts';
import {
  answerFacts,
  containerFacts,
  enforcementNotes,
  limitFacts,
  type NodeStatus,
  publishedUrl,
  specFacts,
} from '../node/node-status.ts';
import { presentSpec } from '../node/present.ts';
import { type RpcFacts, readRpcFacts, STATUS_CALLS } from '../node/rpc-facts.ts';
import { readSpec } from '../node/spec.ts';
import { isHealthy, judgeSync, type SyncState } from '../node/sync-state.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host, KernelLimits } from '../ports/host.ts';
import type { Clock, World } from '../ports.ts';
import { askLight } from './ask-light.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { GETH_LOG, latestLines } from './latest-lines.ts';
import { lookAtConsensus } from './look-at-consensus.ts';
import { measureUse } from './measure-use.ts';
import { withinDeadline } from './within-deadline.ts';

export interface StatusRequest {
  readonly node?: string | undefined;
  readonly timeout: number;
}

type Answer = RpcFacts | { readonly failure: string; readonly message: string };

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
  const found = await withinDeadline(finding, deadline, clock);
  if (found === 'late') {
    throw new NodectlError('TIMED_OUT', `The Docker engine did not answer within ${formatDuration(request.timeout)}.`, {
      hint: 'Raise --timeout, or look at the engine itself.',
    });
  }
  const { node, container, beside, engine } = found.value;
  const [host, rpc, journal] = await loading;
  const place = await locate(container, engine, host, deadline, clock);

  const now = clock.now();
  const facts = containerFacts(container, now);
  const httpUrl = publishedUrl(container.ports, HTTP_PORT);
  const askNode = async (): Promise<Answer> => {
    if (httpUrl === null) return { failure: 'none', message: 'its HTTP port is not published' };
    if (!place.local) return { failure: 'none', message: `${httpUrl} is on the engine's own host, not on this one` };
    const outcome = await rpc.batch(httpUrl, STATUS_CALLS, deadline);
    return 'answers' in outcome ? readRpcFacts(outcome.answers) : outcome;
  };
  const running = container.state === 'running';
  const uptimeMs = facts.uptimeMs ?? 0;
  const light = readSpec(container.labels)?.light ?? undefined;
  const [answer, measured, sight, proving] = await Promise.all([
    running && light === undefined ? askNode() : { failure: 'none', message: 'it is not running' },
    measureUse({ container, local: place.local, uptimeMs, deadline }, engine, host, clock),
    beside && lookAtConsensus({ ...beside, local: place.local, deadline }, engine, world),
    light && askLight({ container, light, uptimeMs, url: place.local ? httpUrl : null }, deadline, rpc, clock),
  ]);

  const { version, ...spec } = specFacts(container);
  const present = presentSpec(container, beside?.container);
  const said = 'failure' in answer ? proving?.facts : answer;
  const company = companyOf(present, said?.chainId);
  const seenAt = clock.now();
  const slotMs = sight && 'clock' in sight.beacon ? sight.beacon.clock?.slotMs : undefined;
  const chainId = spec.chainId ?? undefined;
  const first = proving?.sync ?? judgeSync({ container, uptimeMs, now: seenAt, company, chainId, slotMs, rpc: answer });
  const doubt = 'failure' in answer ? undefined : { sync: first, rpc: answer, company, uptimeMs, beside: sight !== undefined };
  const doubted = doubt !== undefined && asksExecutionLog(doubt);
  const judged = doubted ? judgeByLog(doubt, await latestLines(container, GETH_LOG, deadline, engine, clock)) : first;
  const consensus = sight && consensusStatus(sight, { sync: judged, uptimeMs, said }, seenAt);
  const waits = judged.state === 'waiting-for-consensus';
  const sync = waits ? { ...judged, reason: waitingReason(present?.consensus ?? null, consensus) } : judged;
  if (said?.head !== undefined) journal.append(node, { kind: 'head', data: { number: said.head.number, hash: said.head.hash } });
  const silent = running && light === undefined && 'failure' in answer ? [`JSON-RPC did not answer: ${answer.message}.`] : [];
  return {
    node,
    healthy: isNodeHealthy(sync, uptimeMs, consensus),
    ...spec,
    container: facts,
    geth: { version, answersAs: said?.clientVersion ?? null },
    limits: limitFacts(container),
    use: measured.use,
    ports: container.ports,
    endpoints: { http: httpUrl, ws: publishedUrl(container.ports, WS_PORT) },
    sync,
    ...answerFacts(said, seenAt),
    consensus: consensus ?? null,
    light: proving?.status ?? null,
    notes: [
      ...(proving?.notes ?? []),
      ...executionNotes(node, sync, present?.mode),
      ...(consensus === undefined ? [] : consensusNotes(node, consensus)),
      ...silent,
      ...(said?.unanswered ?? []),
      ...measured.notes,
      ...enforcementNotes(container, present && executionShare(present), place.kernel),
      ...(sight?.notes ?? []),
    ],
  };
}

/** A node is as well as its parts: both are, or the one has to wait for the other. */
function isNodeHealthy(geth: SyncState, uptimeMs: number, beside: ConsensusStatus | undefined): boolean {
  if (beside === undefined) return isHealthy(geth, uptimeMs);
  return beside.healthy && (isHealthy(geth, uptimeMs) || waitsForItsTurn(geth, beside));
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

/** Whether the container is on this machine. The kernel proves it without a question: its cgroup bears the container's id. */
async function locate(
  container: ObservedContainer,
  engine: Engine,
  host: Host,
  deadline: number,
  clock: Clock,
): Promise<{ readonly local: boolean; readonly kernel?: KernelLimits | undefined }> {
  const kernel = container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
  if (Object.values(kernel?.sources ?? {}).some((file) => file.includes(container.id))) return { local: true, kernel };
  const info = await withinDeadline(engine.info(), deadline, clock).catch(() => 'late' as const);
  return { local: info !== 'late' && info.value.local };
}
