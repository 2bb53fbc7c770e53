import { BIRTH_RECORD } from '../diagnosis/journal-notes.ts';
import { NodectlError } from '../errors.ts';
import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { keptSpec } from '../node/kept-spec.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { findUnfinished, findUnstarted, refuseUnfinished, workOf } from '../node/unfinished.ts';
import { CHAIN_FOLDERS } from '../node/upkeep/chain-folders.ts';
import { type ResyncRecord, readResync, resyncLabel } from '../node/upkeep/resync-record.ts';
import { refuseResync, resyncQuestion } from '../node/upkeep/resync-refusal.ts';
import { startsAgain } from '../node/upkeep/starts-again.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { beginChainAnew } from './begin-chain-anew.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { helperImage } from './helper-image.ts';
import { readyStorage } from './ready-storage.ts';
import { refuseSharedVolume } from './refuse-shared-volume.ts';
import { refuseStarted } from './refuse-started.ts';
import { start } from './start.ts';
import type { StartReport } from './start-and-wait.ts';
import { type StopReport, stopNode } from './stop-node.ts';
import { isUp } from './stop-with-progress.ts';
import { placeMarker } from './unfinished-marker.ts';
import { aloneOnChain, clearHelpers, forgetWork, workDone } from './upkeep-phases.ts';

/** How long a node may take to answer with a new chain. */
const PATIENCE_MS = 300_000;

export interface ResyncRequest {
  readonly node: string | undefined;
  readonly yes: boolean;
}

export interface ResyncReport {
  readonly node: string;
  /** Folders of the chain volume that were emptied by this run. */
  readonly removed: readonly string[];
  /** Null where nothing ran. */
  readonly stop: StopReport | null;
  /** Null where the node stays stopped. */
  readonly start: StartReport | null;
}

/**
 * Removes a node's chain, after a yes, and nothing else: keys, node key, peers, secrets and the consensus client's database stay. Starts it again unless somebody had
 * stopped it. Cut off anywhere, the same command goes on; until then the node cannot be started.
 */
export async function resync(request: ResyncRequest, world: World): Promise<ResyncReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  return aloneOnChain(node, world, async () => {
    const observed = await findNode(node, engine);
    const before = findUnstarted(node, observed);
    const left = before && workOf(before) === 'resync' ? readResync(before.labels) : undefined;
    const done = { removed: [] as readonly string[], stop: null };
    if (left !== undefined && findUnfinished(node, observed.leftovers) === undefined) return finish(node, left, done, engine, world);
    const record = continued(node, observed) ?? (await begin(node, request, observed, engine, world));
    const wiped = await wipe(node, observed, engine, world);
    await workDone(node, record.starts, engine);
    return finish(node, record, wiped, engine, world);
  });
}

/** What an earlier run had agreed on; undefined where none was cut off. */
function continued(node: string, { leftovers }: ObservedNode): ResyncRecord | undefined {
  const marker = findUnfinished(node, leftovers);
  const record = marker && workOf(marker) === 'resync' ? readResync(marker.labels) : undefined;
  if (record === undefined) refuseUnfinished(node, leftovers);
  return record;
}

async function begin(node: string, request: ResyncRequest, observed: ObservedNode, engine: Engine, world: World): Promise<ResyncRecord> {
  refuseResync(node, observed);
  await refuseSharedVolume(observed, engine);
  if (!request.yes && !(await world.console.confirm(resyncQuestion(node, observed), '--yes')))
    throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  const record: ResyncRecord = { v: 1, starts: startsAgain(observed.container, observed.consensus) };
  const image = await helperImage(observed, keptSpec(node, observed)?.geth, world);
  await placeMarker({ node, work: 'resync', image, spec: undefined, labels: resyncLabel(record) }, engine);
  return record;
}

async function wipe(node: string, observed: ObservedNode, engine: Engine, world: World): Promise<Pick<ResyncReport, 'removed' | 'stop'>> {
  const isRunning = [observed.container, observed.consensus].some((part) => part !== undefined && isUp(part));
  const stop = isRunning ? await stopNode(node, observed, world) : null;
  const stopped = await findNode(node, engine);
  const spec = keptSpec(node, stopped);
  const names = partNames(node);
  if (spec !== undefined) await readyStorage(spec, stopped.volume, (await engine.info()).local, world);
  await refuseStarted(stopped, 'its chain is as it was', engine);
  await clearHelpers(node, stopped, engine);
  const image = await helperImage(stopped, spec?.geth, world);
  world.console.notice(`Removing the chain of ${node}: ${CHAIN_FOLDERS.join(', ')}.`);
  const removed = await engine.emptyFolders({
    ...{ volume: names.volume, folders: CHAIN_FOLDERS, image, helper: names.helper },
    labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' },
    ...{ uid: GETH_UID, gid: GETH_GID },
  });
  (await world.journal()).append(node, BIRTH_RECORD);
  await beginChainAnew({ node, observed: stopped, spec, image }, engine);
  return { removed, stop };
}

async function finish(
  node: string,
  { starts }: ResyncRecord,
  done: Pick<ResyncReport, 'removed' | 'stop'>,
  engine: Engine,
  world: World,
): Promise<ResyncReport> {
  if (!starts) return { node, ...done, start: null };
  const started = await start({ node, wait: 'rpc', timeoutMs: PATIENCE_MS }, world);
  await forgetWork(node, engine);
  return { node, ...done, start: started.start };
}
