import { NodectlError } from '../errors.ts';
import { partVolume } from '../node/archive/archive-contents.ts';
import { keptLabels, type Manifest } from '../node/archive/manifest.ts';
import { labelRecord } from '../node/chain-record.ts';
import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from '../node/labels.ts';
import { parseNodeName, partNames } from '../node/names.ts';
import { refuseForeign } from '../node/refuse-foreign.ts';
import type { NodeSpec } from '../node/spec.ts';
import { findUnfinished, refuseUnfinished, unfinishedName, workOf } from '../node/unfinished.ts';
import { withoutImages } from '../node/without-images.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { TreeEntry } from '../ports/volume-tree.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { countedContent } from './counted-content.ts';
import { helperImage } from './helper-image.ts';
import { type OpenArchive, openArchive } from './open-archive.ts';
import { finishMarker, placeMarker } from './unfinished-marker.ts';
import { writeNodeTree } from './write-node-tree.ts';

export interface ImportRequest {
  readonly source: { readonly file: string } | 'stdin';
  /** Left out, the name it had. */
  readonly name: string | undefined;
}

/** What came out of an archive. Sizes in bytes. */
export interface ImportReport {
  readonly node: string;
  readonly from: { readonly node: string; readonly nodectl: string; readonly made: string };
  readonly network: string | null;
  /** True when the chain's data came along. */
  readonly chain: boolean;
  readonly volumes: readonly string[];
  readonly files: number;
  readonly contentBytes: number;
  /** True when what the node was asked to be came along: `up` needs no option then. */
  readonly hasSpec: boolean;
}

/**
 * Makes the volumes of a node from an archive, and remembers what it was asked to be for the next `up`; nothing is started.
 * NAME_TAKEN for a node that exists. Whatever is wrong with the archive, nothing is left of it; what a killed import left is removed
 * by the next.
 */
export async function importNode(request: ImportRequest, world: World): Promise<ImportReport> {
  const [engine, archives, changes] = await Promise.all([world.engine(), world.archives(), world.hostChanges()]);
  const archive = await openArchive(archives, request.source, world.signal);
  try {
    const node = parseNodeName(request.name ?? archive.manifest.node);
    const release = await changes.lock(`import-${node}`);
    if (release === undefined) throw new NodectlError('UNFINISHED', `Another nodectl is importing ${node} at this moment.`);
    try {
      return await unpack(node, archive, engine, world);
    } finally {
      release();
    }
  } finally {
    await archive.close();
  }
}

async function unpack(node: string, { manifest, entries }: OpenArchive, engine: Engine, world: World): Promise<ImportReport> {
  const { container, volume, helper } = partNames(node);
  const observed = await engine.observe({ name: node, container, volume });
  refuseForeign(node, observed);
  await clearOrRefuse(node, observed, engine);
  const image = await helperImage(undefined, gethOf(manifest), world);
  const counts = { files: 0, contentBytes: 0 };
  const volumes = manifest.volumes.map(({ part, labels }) => ({ part, volume: partVolume(node, part), labels }));
  const spec = manifest.spec === null ? undefined : carried(manifest.spec);
  await placeMarker({ node, work: 'import', image, spec }, engine);
  try {
    for (const made of volumes) await engine.createVolume({ name: made.volume, labels: volumeLabels(node, made) });
    const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
    const shown = countedContent(`Unpacking ${node}`, world);
    const whose = { uid: GETH_UID, gid: GETH_GID };
    const request = { volumes, image, helper, labels, ...whose, signal: world.signal, entries: counting(entries, counts, shown) };
    await writeNodeTree(request, engine, world);
  } catch (thrown) {
    await undo(node, engine).catch(() => {});
    throw thrown;
  }
  await finishMarker(node, spec !== undefined, engine);
  return {
    ...{ node, from: { node: manifest.node, nodectl: manifest.nodectl, made: manifest.made } },
    network: manifest.spec?.network ?? null,
    ...{ chain: manifest.chain, volumes: volumes.map((made) => made.volume), ...counts, hasSpec: spec !== undefined },
  };
}

/** The images are another engine's, and the volumes that are made here have no limit of their own. */
function carried(spec: NodeSpec): NodeSpec {
  return { ...withoutImages(spec), storageMode: null };
}

function gethOf({ spec, volumes }: Manifest): string | undefined {
  return spec?.geth || labelRecord(volumes.find(({ part }) => part === 'execution')?.labels ?? {})?.geth;
}

/** A node that exists is never touched; what a killed import left of one is removed. */
async function clearOrRefuse(node: string, observed: ObservedNode, engine: Engine): Promise<void> {
  const { container, consensus, volumes, leftovers } = observed;
  const marker = findUnfinished(node, leftovers);
  if (marker !== undefined && container === undefined && workOf(marker) === 'import') return undo(node, engine);
  refuseUnfinished(node, leftovers);
  const carrier = leftovers.some(({ name }) => name === partNames(node).successor);
  if (container === undefined && consensus === undefined && volumes.length === 0 && !carrier) return;
  throw new NodectlError('NAME_TAKEN', `There is a node ${node} already; it is left as it is.`, {
    hint: `Give another --name, or remove that node with its volumes: \`nodectl down ${node} --volumes\`.`,
  });
}

/** The marker goes last: while anything is there that is not whole, it says so. */
async function undo(node: string, engine: Engine): Promise<void> {
  const { container, volume, helper } = partNames(node);
  await engine.removeContainer(helper, { force: true });
  const { volumes } = await engine.observe({ name: node, container, volume });
  for (const { name } of volumes) await engine.removeVolume(name);
  await engine.removeContainer(unfinishedName(node), { force: true });
}

function volumeLabels(node: string, { part, labels }: Manifest['volumes'][number]): Readonly<Record<string, string>> {
  return { ...keptLabels(labels), [LABEL_NODE]: node, [LABEL_ROLE]: part, [LABEL_VERSION]: VERSION };
}

async function* counting(
  entries: AsyncIterable<TreeEntry>,
  counts: { files: number; contentBytes: number },
  shown: (entry: TreeEntry) => TreeEntry,
): AsyncGenerator<TreeEntry> {
  for await (const entry of entries) {
    if (entry.kind === 'file') counts.files += 1;
    counts.contentBytes += entry.size;
    yield shown(entry);
  }
}
