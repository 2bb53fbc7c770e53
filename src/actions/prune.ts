import { type ErrorCode, NodectlError } from '../errors.ts';
import { chainRecord, labelRecord } from '../node/chain-record.ts';
import { findUnfinished, findUnstarted, refuseUnfinished, workOf } from '../node/unfinished.ts';
import { judgePrune } from '../node/upkeep/judge-prune.ts';
import { type PruneRecord, pruneLabel, readPrune } from '../node/upkeep/prune-record.ts';
import { requireRoomToPrune } from '../node/upkeep/prune-room.ts';
import type { PruneWish } from '../node/upkeep/prune-task.ts';
import { startsAgain } from '../node/upkeep/starts-again.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chainFree, chainSize } from './chain-size.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { helperImage } from './helper-image.ts';
import { noteChain } from './note-chain.ts';
import { mustSpec, type PruneOffer, pruneOffers, pruneQuestion } from './prune-offers.ts';
import { readyStorage } from './ready-storage.ts';
import { refuseSharedVolume } from './refuse-shared-volume.ts';
import { refuseStarted } from './refuse-started.ts';
import { type PruneOutcome, runPruners } from './run-pruner.ts';
import { start } from './start.ts';
import type { StartReport } from './start-and-wait.ts';
import { type StopReport, stopNode } from './stop-node.ts';
import { isUp } from './stop-with-progress.ts';
import { placeMarker } from './unfinished-marker.ts';
import { up } from './up.ts';
import { upAgain } from './up-again.ts';
import { aloneOnChain, clearHelpers, forgetWork, workDone } from './upkeep-phases.ts';

/** How long a node may take to answer again. */
const PATIENCE_MS = 300_000;

/** What `up` refuses of a node that was made with --force. */
const AGREED_BY_FORCE: readonly ErrorCode[] = ['IMPOSSIBLE_BUDGET', 'DISK_TOO_SMALL'];

export interface PruneRequest extends PruneWish {
  readonly node: string | undefined;
  readonly yes: boolean;
}

export interface PruneReport {
  readonly node: string;
  /** Of every task, where none was asked. */
  readonly offers: readonly PruneOffer[];
  readonly done: readonly PruneOutcome[];
  /** Null where nothing ran. */
  readonly stop: StopReport | null;
  /** Null where the node stays stopped. */
  readonly start: StartReport | null;
  /** From which point on the node's history stays now; null where that was not asked. */
  readonly history: PruneWish['history'];
}

/**
 * Lets geth make a node's database smaller or newer, offline: judges and looks for room first, stops the node in good order, measures what
 * became free, and starts the node again unless somebody had stopped it. Without a task it only tells what could be done. Cut off anywhere,
 * the same command goes on. GETH_REFUSED with geth's words when it failed, after the node was started again.
 */
export async function prune(request: PruneRequest, world: World): Promise<PruneReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  return aloneOnChain(node, world, async () => {
    const observed = await findNode(node, engine);
    const before = findUnstarted(node, observed);
    const left = before && workOf(before) === 'prune' ? readPrune(before.labels) : undefined;
    if (left !== undefined && findUnfinished(node, observed.leftovers) === undefined)
      return finish(node, left, { done: [], stop: null }, engine, world);
    const record = continued(node, request, observed);
    if (record === undefined && request.tasks.length === 0)
      return {
        ...{ node, offers: await pruneOffers(node, observed, engine, world) },
        ...{ done: [], stop: null, start: null, history: null },
      };
    const agreed = record ?? (await begin(node, request, observed, engine, world));
    const worked = await work(node, agreed, observed, engine, world);
    await workDone(node, agreed.starts, engine);
    return finish(node, agreed, worked, engine, world);
  });
}

/** What an earlier run had agreed on; undefined where none was cut off. */
function continued(node: string, { tasks, history }: PruneRequest, { leftovers }: ObservedNode): PruneRecord | undefined {
  const marker = findUnfinished(node, leftovers);
  const record = marker && workOf(marker) === 'prune' ? readPrune(marker.labels) : undefined;
  if (record === undefined) refuseUnfinished(node, leftovers);
  if (record === undefined || (String(record.tasks) === String(tasks) && record.history === history)) return record;
  const words = record.tasks.map((task) => (task === 'history' ? `--history ${record.history}` : `--${task}`)).join(' ');
  throw new NodectlError('UNFINISHED', `A \`nodectl prune\` of ${node} was cut off, and goes first.`, {
    hint: `Run \`nodectl prune ${node} ${words}\` again: it goes on where it was.`,
  });
}

async function begin(node: string, request: PruneRequest, observed: ObservedNode, engine: Engine, world: World): Promise<PruneRecord> {
  const { tasks, history } = request;
  const question = await pruneQuestion(node, observed, engine, world);
  for (const task of tasks) judgePrune(task, history, question);
  await refuseSharedVolume(observed, engine);
  const size = await chainSize(node, observed, engine, world);
  const used = size?.of === 'used' ? size.bytes : undefined;
  requireRoomToPrune(tasks, question.spec, { free: await chainFree(observed, engine, world), used });
  if (!request.yes && !(await world.console.confirm(agreement(node, request), '--yes')))
    throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  const record: PruneRecord = { v: 1, tasks, history, starts: startsAgain(observed.container, observed.consensus) };
  const image = await helperImage(observed, question.spec.geth, world);
  await placeMarker({ node, work: 'prune', image, spec: undefined, labels: pruneLabel(record) }, engine);
  return record;
}

function agreement(node: string, { tasks, history }: PruneWish): string {
  const lost = tasks.includes('history') ? ` Bodies and receipts of the blocks before ${history} are gone then.` : '';
  return `Stop ${node} for as long as geth needs, which is hours on a large chain, and let it prune?${lost}`;
}

async function work(
  node: string,
  { tasks, history }: PruneRecord,
  observed: ObservedNode,
  engine: Engine,
  world: World,
): Promise<Pick<PruneReport, 'done' | 'stop'>> {
  const spec = mustSpec(node, observed);
  const isRunning = [observed.container, observed.consensus].some((part) => part !== undefined && isUp(part));
  const stop = isRunning ? await stopNode(node, observed, world) : null;
  const stopped = await findNode(node, engine);
  await readyStorage(spec, stopped.volume, (await engine.info()).local, world);
  await refuseStarted(stopped, 'nothing was pruned', engine);
  await clearHelpers(node, stopped, engine);
  const image = await helperImage(stopped, spec.geth, world);
  const done = await runPruners({ node, observed: stopped, spec, image, wish: { tasks, history } }, engine, world);
  const begun = labelRecord(stopped.volume?.labels ?? {});
  if (history !== null && done.every(({ exitCode }) => exitCode === 0))
    await noteChain(node, { ...chainRecord(spec, begun), history }, stopped, image, engine);
  return { stop, done };
}

async function finish(
  node: string,
  { starts, history }: PruneRecord,
  worked: Pick<PruneReport, 'done' | 'stop'>,
  engine: Engine,
  world: World,
): Promise<PruneReport> {
  const failed = worked.done.find(({ exitCode }) => exitCode !== 0);
  const report = { node, offers: [], ...worked, start: null, history };
  let started: StartReport | null = null;
  if (starts) {
    started = await startAgain(node, failed === undefined ? history : null, world);
    await forgetWork(node, engine);
  }
  if (failed !== undefined) throw refusedByGeth(node, failed, starts);
  return { ...report, start: started };
}

/**
 * geth is told from where on its history stays, for which a container is made anew. One whose limits only `--force` allowed is started as it
 * is, since geth keeps to what is in the volume.
 */
async function startAgain(node: string, history: PruneWish['history'], world: World): Promise<StartReport | null> {
  const asItIs = async () => (await start({ node, wait: 'rpc', timeoutMs: PATIENCE_MS }, world)).start;
  if (history === null) return asItIs();
  try {
    return (await up({ ...upAgain(node), history }, world)).start;
  } catch (thrown) {
    if (!(thrown instanceof NodectlError) || !AGREED_BY_FORCE.includes(thrown.code)) throw thrown;
    world.console.warn(
      `${node} goes on as it was made: \`nodectl up --name ${node} --history ${history} --force\` makes its container anew.`,
    );
    return asItIs();
  }
}

function refusedByGeth(node: string, { command, exitCode, oomKilled, said }: PruneOutcome, starts: boolean): NodectlError {
  const hint = oomKilled
    ? `Give the node more memory first: \`nodectl up --name ${node} --memory\`.`
    : `The chain is as it was${starts ? ', and the node runs again' : ''}.`;
  return new NodectlError(
    'GETH_REFUSED',
    `\`${command}\` ended with exit code ${exitCode}${oomKilled ? ': it was killed at the memory limit' : ''}.`,
    {
      hint,
      facts: { geth: said },
    },
  );
}
