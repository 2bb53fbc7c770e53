import type { HostStep } from '../host/host-step.ts';
import { probeSized } from '../host/storage/probe-sized.ts';
import { probeStorage } from '../host/storage/probe-storage.ts';
import { engineQuota } from '../host/storage/quota-kind.ts';
import { executionShare } from '../node/consensus/split-budget.ts';
import type { DesiredStorage } from '../node/desired-node.ts';
import { memorySettings } from '../node/geth-rules/memory-rules.ts';
import { partNames } from '../node/names.ts';
import { formatSize } from '../node/size.ts';
import type { NodeSpec } from '../node/spec.ts';
import { newSizedPlace, type SizedPlace, type SizedWish, sizedLabel, sizedOptions } from '../node/storage/sized-place.ts';
import { storageGoal } from '../node/storage/storage-goal.ts';
import type { AskedStorageMode } from '../node/storage/storage-modes.ts';
import { enforcementWord } from '../node/storage/storage-words.ts';
import { volumeStorage } from '../node/storage/volume-storage.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { HostHands } from './apply-host-steps.ts';
import { refuseWithoutRoot, toldSteps } from './change-host.ts';
import type { Guard } from './provide-guard.ts';
import { lookAtSized } from './provide-sized.ts';

export interface StorageAsked {
  readonly name: string;
  readonly asked: { readonly storage: number | undefined; readonly storageMode: AskedStorageMode | undefined };
  /** As judged so far. */
  readonly spec: NodeSpec;
  readonly present: NodeSpec | undefined;
  readonly observed: ObservedNode;
}

export interface StorageDecided {
  /** For the spec. */
  readonly spec: Pick<NodeSpec, 'storage' | 'storageMode'>;
  readonly desired: DesiredStorage | undefined;
  readonly notes: readonly string[];
}

const NO_SIZE: StorageDecided = { spec: { storage: null, storageMode: null }, desired: undefined, notes: [] };

/** Decides the size of a node's chain volume, how it is kept, and what the machine lacks for that. Without a size nothing is looked at. */
export async function decideStorage(
  { name, asked, spec, present, observed }: StorageAsked,
  { info, hands, guard }: { readonly info: EngineInfo; readonly hands: () => Promise<HostHands>; readonly guard: Guard },
): Promise<StorageDecided> {
  const volume = observed.volume && volumeStorage(observed.volume);
  const unsized = asked.storage === undefined && asked.storageMode === undefined && present?.storage == null;
  if (unsized && (volume === undefined || volume.mode === 'plain')) return NO_SIZE;
  const { files, changes } = await hands();
  const held = volume?.mode === 'sized' && info.local ? heldBytes(volume.place, files) : undefined;
  const { cacheMib } = memorySettings(spec.geth, executionShare(spec).memory);
  const sight = probeStorage(info, files);
  const goal = storageGoal({ node: name, asked, present, volume, held, cacheMib, sight });
  if (goal === undefined) return NO_SIZE;
  const { storage, mode: storageMode } = goal;
  const decided = { spec: { storage, storageMode }, notes: [...goal.notes, ...clientNote(spec)] };
  const layerSize = sight.layer === 'kept' ? storage : undefined;
  if (storageMode === 'sized') {
    const place = volume?.mode === 'sized' ? volume.place : newSizedPlace(partNames(name).volume, info.rootDir);
    const wish = { place, bytes: storage, least: volume === undefined ? null : (held ?? storage) };
    const looks = files.uid === 0 && (asked.storage !== undefined || volume === undefined) ? changes : undefined;
    return { ...decided, desired: { ...(await sized(wish, files, looks)), layerSize } };
  }
  if (storageMode !== 'quota') {
    const watched = storageMode === 'watchdog';
    const step = watched ? guardStep(guard.steps(files)) : undefined;
    const planned = watched && (step !== undefined || guard.runs(files)) ? 'watchdog' : 'not enforced';
    return { ...decided, desired: { labels: {}, options: {}, layerSize, planned, step: undefined, guard: step } };
  }
  const planned = enforcementWord('quota', sight.quota ?? engineQuota(info));
  return { ...decided, desired: { labels: {}, options: { size: String(storage) }, layerSize, planned, step: undefined } };
}

function guardStep(steps: readonly HostStep[]): DesiredStorage['guard'] {
  if (steps.length === 0) return undefined;
  const commands = steps.map(({ command }) => command);
  return { kind: 'provide-guard', commands, cause: 'nothing of the kernel keeps the chain to its size' };
}

/** `looks`: how far an earlier growth came matters only to who asks for a size. */
async function sized(wish: SizedWish, files: HostFiles, looks: HostChanges | undefined): Promise<Omit<DesiredStorage, 'layerSize'>> {
  const { steps } = await lookAtSized(wish, files, looks);
  const told = toldSteps(steps);
  if (steps.length > 0) refuseWithoutRoot(files.uid, 'nodectl up …', told);
  const bytes = formatSize(wish.bytes);
  const cause = wish.least === null ? `${bytes} of its own are a wall that the chain cannot pass` : 'it is not as the engine needs it';
  const step = steps.length === 0 ? undefined : ({ kind: 'provide-storage', wish, cause } as const);
  const { place } = wish;
  return { labels: sizedLabel(place), options: sizedOptions(place), planned: 'sized filesystem', step };
}

/** Of the file, or where only root sees that, of its device. */
function heldBytes(place: SizedPlace, files: HostFiles): number | undefined {
  const { image, loop } = probeSized(place, files);
  return image?.size ?? loop?.size;
}

function clientNote({ consensus }: NodeSpec): readonly string[] {
  if (consensus?.kind !== 'client') return [];
  return ['--storage is of the chain alone: the consensus client has a volume of its own, which nothing limits.'];
}
