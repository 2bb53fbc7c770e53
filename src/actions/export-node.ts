import { NodectlError } from '../errors.ts';
import { archiveContents, isLeftOut, ownsItsChain } from '../node/archive/archive-contents.ts';
import { keptLabels, MANIFEST_FILE, type Manifest, manifestText } from '../node/archive/manifest.ts';
import { labelRecord } from '../node/chain-record.ts';
import { keptSpec } from '../node/kept-spec.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { printable } from '../node/printable.ts';
import { refuseUnfinished } from '../node/unfinished.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { TreeEntry } from '../ports/volume-tree.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { countedContent } from './counted-content.ts';
import { findNode } from './find-node.ts';
import { helperImage } from './helper-image.ts';
import { readNodeTree } from './read-node-tree.ts';
import { refuseSharedVolume } from './refuse-shared-volume.ts';
import { refuseStarted } from './refuse-started.ts';
import { type StopReport, stopNode } from './stop-node.ts';
import { isUp } from './stop-with-progress.ts';
import { aloneOnChain } from './upkeep-phases.ts';

export interface ExportRequest {
  readonly node: string | undefined;
  readonly target: { readonly file: string } | 'stdout';
  /** With the chain's data, also of a chain that others have. */
  readonly chain: boolean;
  /** Stops a node that runs; it is not started again. */
  readonly stop: boolean;
}

/** What went into an archive. Sizes in bytes. */
export interface ExportReport {
  readonly node: string;
  /** Null for standard output. */
  readonly file: string | null;
  /** True when the chain's data is in it. */
  readonly chain: boolean;
  readonly volumes: readonly string[];
  readonly files: number;
  readonly contentBytes: number;
  readonly archiveBytes: number | null;
  /** Null where nothing was stopped. */
  readonly stop: StopReport | null;
  readonly notes: readonly string[];
}

/**
 * Packs a node's keys, configuration and, where nobody else has it or it is asked for, chain into an archive. NODE_RUNNING unless it
 * may be stopped; nothing is stopped before the archive can be written.
 */
export async function exportNode(request: ExportRequest, world: World): Promise<ExportReport> {
  const [engine, archives] = await Promise.all([world.engine(), world.archives()]);
  const node = await chooseNode(request.node, engine);
  const observed = await findNode(node, engine);
  refuseUnfinished(node, observed.leftovers);
  const up = [observed.container, observed.consensus].some((part) => part !== undefined && isUp(part));
  if (up && !request.stop) throw isRunning(node);
  const manifest = manifestOf(node, observed, request.chain, world.clock.now());
  const contents = archiveContents(node, observed.volumes, manifest.chain);
  if (contents.length === 0) throw await noSuchNode(node, engine);
  await refuseSharedVolume(observed, engine);
  const image = await helperImage(observed, manifest.spec?.geth, world);
  const { helper } = partNames(node);
  const notes: string[] = [];
  let stop: StopReport | null = null;
  const entries = async function* () {
    yield manifestEntry(manifest);
    if (up) stop = await stopNode(node, observed, world);
    const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
    const counted = countedContent(`Packing ${node}`, world);
    for await (const entry of readNodeTree(contents, { image, helper, labels, signal: world.signal }, engine, world)) {
      if (isLeftOut(entry.path)) continue;
      if (entry.kind !== 'other') yield counted(entry);
      else notes.push(`${printable(entry.path, 200)} is no file and was left out.`);
    }
    await refuseStarted(observed, 'no archive was made', engine);
  };
  const written = await aloneOnChain(node, world, () => archives.write(entries(), request.target, world.signal));
  return {
    ...{ node, file: request.target === 'stdout' ? null : request.target.file, chain: manifest.chain },
    volumes: contents.map(({ volume }) => volume.name),
    ...{
      files: written.files - 1,
      contentBytes: written.contentBytes - manifestText(manifest).length,
      archiveBytes: written.archiveBytes ?? null,
    },
    ...{ stop, notes },
  };
}

function isRunning(node: string): NodectlError {
  return new NodectlError('NODE_RUNNING', `${node} is running, and its files change while it does.`, {
    hint: 'Add --stop: it is stopped in good order, and stays stopped.',
  });
}

function manifestOf(node: string, observed: ObservedNode, asked: boolean, now: number): Manifest {
  const { volume, volumes } = observed;
  const spec = keptSpec(node, observed) ?? null;
  const begun = spec ?? labelRecord(volume?.labels ?? {});
  const chain = asked || (begun !== undefined && ownsItsChain({ network: begun.network, custom: begun.custom }));
  const contents = archiveContents(node, volumes, chain);
  return {
    ...{ format: 'nodectl-archive', v: 1, nodectl: VERSION, made: new Date(now).toISOString() },
    ...{ node, spec, chain, volumes: contents.map(({ part, volume: { labels } }) => ({ part, labels: keptLabels(labels) })) },
  };
}

function manifestEntry(manifest: Manifest): TreeEntry {
  const bytes = new TextEncoder().encode(manifestText(manifest));
  const content = async function* () {
    yield bytes;
  };
  return { path: MANIFEST_FILE, kind: 'file', mode: 0o600, size: bytes.length, content: content() };
}
