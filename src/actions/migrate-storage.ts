import { NodectlError } from '../errors.ts';
import { keptSpec } from '../node/kept-spec.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_STORAGE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import { keptVolume, type MoveRecord, moveLabel, readMove, sentinelOf } from '../node/storage/move-record.ts';
import { type PlaceKind, placeOf, placeText } from '../node/storage/volume-place.ts';
import { findUnfinished, refuseUnfinished, workOf } from '../node/unfinished.ts';
import type { ContainerSummary, ObservedNode, ObservedVolume } from '../ports/containers.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import type { HostHands } from './apply-host-steps.ts';
import { arrivedMove } from './arrived-move.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { type CopyReport, copyVolume } from './copy-volume.ts';
import { findNode } from './find-node.ts';
import { helperImage } from './helper-image.ts';
import { moveTarget, refuseNoRoom } from './move-target.ts';
import { readyStorage } from './ready-storage.ts';
import { refuseSharedVolume } from './refuse-shared-volume.ts';
import { refuseStarted } from './refuse-started.ts';
import { type StopReport, stopNode } from './stop-node.ts';
import { isUp } from './stop-with-progress.ts';
import { switchVolume } from './switch-volume.ts';
import { finishMarker, placeMarker } from './unfinished-marker.ts';
import { type UpReport, up } from './up.ts';
import { upAgain } from './up-again.ts';
import { aloneOnChain } from './upkeep-phases.ts';

export interface MigrateRequest {
  readonly node: string | undefined;
  readonly to: PlaceKind;
  readonly path: string | undefined;
  /** Bytes. */
  readonly storage: number | undefined;
}

/** How a chain came to another place. Sizes in bytes, times in milliseconds. */
export interface MigrateReport {
  readonly node: string;
  readonly to: PlaceKind;
  /** The new place, in words. */
  readonly place: string;
  /** Null where an earlier run had copied everything. */
  readonly copy: CopyReport | null;
  /** The volume that keeps the chain as it was, until it is dropped. */
  readonly kept: string;
  readonly stop: StopReport | null;
  /** Null where the node did not run before. */
  readonly up: UpReport | null;
}

/**
 * Moves a node's chain to another place: stops the node, copies, compares byte by byte, switches, starts it again. The old copy is kept.
 * Cut off anywhere, the same command goes on: before the switch the node is as it was, after it only the new place counts.
 */
export async function migrateStorage(request: MigrateRequest, world: World): Promise<MigrateReport> {
  const engine = await world.engine();
  const [info, files, changes] = await Promise.all([engine.info(), world.hostFiles(), world.hostChanges()]);
  const node = await chooseNode(request.node, engine);
  refuseElsewhere(info, files.uid);
  return aloneOnChain(node, world, () => migrate(node, request, { engine, info, hands: { files, changes }, world }));
}

interface Means {
  readonly engine: Engine;
  readonly info: EngineInfo;
  readonly hands: HostHands;
  readonly world: World;
}

async function migrate(node: string, request: MigrateRequest, means: Means): Promise<MigrateReport> {
  const { engine, world } = means;
  const observed = await findNode(node, engine);
  const marker = findUnfinished(node, observed.leftovers);
  if (marker !== undefined) return finish(node, continued(node, request, marker), { copy: null, stop: null }, means);
  const { files } = means.hands;
  const target = moveTarget({ ...request, node, spec: keptSpec(node, observed), root: means.info.rootDir }, files);
  const arrived = arrivedMove(node, observed, target, files);
  if (arrived !== undefined) return begun(node, arrived, { copy: null, stop: null }, world);
  const { volume, from } = await prepare(node, request, observed, target, means);
  const up = [observed.container, observed.consensus].some((part) => part !== undefined && isUp(part));
  const stop = up ? await stopNode(node, observed, world) : null;
  const stopped = await findNode(node, engine);
  const spec = keptSpec(node, stopped);
  const lost = 'its chain is where it was';
  let copy: CopyReport;
  try {
    if (from.kind === 'sized' && spec !== undefined) await readyStorage(spec, volume, true, world);
    copy = await copyVolume({ node, volume, from, to: target.place, bytes: target.bytes }, engine, means.hands, world);
    await refuseStarted(stopped, lost, engine);
  } catch (thrown) {
    if (target.place.kind === 'path')
      world.console.warn(`What was copied lies in ${target.place.folder}; going another way, remove that and ${sentinelOf(target.place)}.`);
    if (up)
      world.console.warn(`${node} stands still, and ${lost}: the same command goes on, and \`nodectl start ${node}\` starts it as it was.`);
    throw thrown;
  }
  const { [LABEL_NODE]: _, [LABEL_ROLE]: __, [LABEL_STORAGE]: ___, ...labels } = volume.labels;
  const record: MoveRecord = { v: 1, to: target.place, labels, starts: up };
  const image = await helperImage(stopped, spec?.geth, world);
  const sized = target.bytes === undefined ? { storageMode: null } : { storage: target.bytes, storageMode: 'sized' as const };
  await placeMarker({ node, work: 'migrate', image, spec: spec && { ...spec, ...sized }, labels: moveLabel(record) }, engine);
  // Whoever came before the marker could still start it.
  await refuseStarted(stopped, lost, engine).catch(async (thrown: unknown) => {
    await finishMarker(node, false, engine);
    throw thrown;
  });
  return finish(node, record, { copy, stop }, means);
}

/** Everything that can be judged before anything is stopped. */
async function prepare(
  node: string,
  request: MigrateRequest,
  observed: ObservedNode,
  target: ReturnType<typeof moveTarget>,
  { engine, info, hands, world }: Means,
) {
  const { volume, volumes } = observed;
  if (volume === undefined) throw await noSuchNode(node, engine);
  await refuseSharedVolume(observed, engine);
  const from = placeOf(volume);
  const kept = keptVolume(volume.name);
  if (JSON.stringify(from) === JSON.stringify(target.place) || (from.kind === request.to && request.to !== 'path')) {
    const hint = from.kind === 'sized' ? 'A larger one: `nodectl storage grow`.' : 'Choose another place.';
    throw new NodectlError('STORAGE_FIXED', `The chain of ${node} is in ${placeText(volume.name, from)} already.`, { hint });
  }
  if (volumes.some(({ name }) => name === kept)) {
    throw new NodectlError('STORAGE_FIXED', `${kept} still keeps the chain of ${node} as it was before an earlier migration.`, {
      hint: `Drop it first: \`nodectl storage migrate ${node} --drop-old\`.`,
    });
  }
  if (from.kind !== 'sized') await refuseTooSmall(volume, target, { info, hands, world });
  return { volume, from };
}

async function refuseTooSmall(
  volume: ObservedVolume,
  target: ReturnType<typeof moveTarget>,
  { info, hands, world }: Pick<Means, 'info' | 'hands' | 'world'>,
): Promise<void> {
  const moves = await world.folderMoves();
  const from = placeOf(volume);
  const need = moves.size(from.kind === 'path' ? from.folder : volume.mountpoint);
  const there = target.place.kind === 'path' && !moves.isEmpty(target.place.folder) ? moves.size(target.place.folder) : undefined;
  refuseNoRoom(need, target, there, { root: info.rootDir, files: hands.files });
}

/** What a run that was cut off after its copy still had to do. */
function continued(node: string, request: MigrateRequest, marker: ContainerSummary): MoveRecord {
  const record = readMove(marker.labels);
  if (workOf(marker) !== 'migrate' || record === undefined) refuseUnfinished(node, [marker]);
  if (record?.to.kind === request.to) return record;
  throw new NodectlError('UNFINISHED', `A migration of ${node} to ${record?.to.kind} was cut off, and goes first.`, {
    hint: `Run \`nodectl storage migrate ${node} --to ${record?.to.kind}\` with its options again.`,
  });
}

async function finish(
  node: string,
  record: MoveRecord,
  so: Pick<MigrateReport, 'copy' | 'stop'>,
  { engine, hands, world }: Means,
): Promise<MigrateReport> {
  await switchVolume(node, record, engine, hands, world);
  const marker = findUnfinished(node, (await findNode(node, engine)).leftovers);
  await finishMarker(node, marker !== undefined && readSpec(marker.labels) !== undefined, engine);
  return begun(node, record, so, world);
}

/** Starts the node in its new place, unless it had been stopped before. */
async function begun(
  node: string,
  { to, starts }: Pick<MoveRecord, 'to' | 'starts'>,
  so: Pick<MigrateReport, 'copy' | 'stop'>,
  world: World,
): Promise<MigrateReport> {
  const { volume } = partNames(node);
  const started = starts ? await up(upAgain(node), world) : null;
  return { node, to: to.kind, place: placeText(volume, to), ...so, kept: keptVolume(volume), up: started };
}

function refuseElsewhere({ local }: EngineInfo, uid: number): void {
  if (!local) {
    throw new NodectlError('STORAGE_IMPOSSIBLE', 'The engine is on another machine, and only there can its volumes be moved.', {
      hint: 'Run the same command there.',
    });
  }
  if (uid === 0) return;
  throw new NodectlError('PERMISSION', 'Only root may read and move the volumes of the engine. Nothing was changed.', {
    hint: 'Run the same command with sudo.',
  });
}
