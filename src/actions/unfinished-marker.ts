import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { MIB } from '../node/size.ts';
import { type NodeSpec, specLabel } from '../node/spec.ts';
import { LABEL_WORK, unfinishedName, type Work } from '../node/unfinished.ts';
import type { Engine } from '../ports/engine.ts';

/** Begins work that must not be seen half done; see unfinished. NAME_TAKEN when another nodectl has begun the same. */
export async function placeMarker(
  marker: {
    readonly node: string;
    readonly work: Work;
    /** It only has to exist. */
    readonly image: string;
    /** What the node shall be when the work is done. */
    readonly spec: NodeSpec | undefined;
    readonly labels?: Readonly<Record<string, string>>;
  },
  engine: Engine,
): Promise<void> {
  const { node, work, image, spec, labels = {} } = marker;
  const kept = spec === undefined ? {} : { [LABEL_SPEC]: specLabel(spec) };
  await engine.createContainer({
    ...{ name: unfinishedName(node), image, args: ['never-started'], env: {}, user: '', mounts: [], tmpfs: {}, ports: [] },
    labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper', [LABEL_WORK]: work, ...kept, ...labels },
    limits: { memory: 64 * MIB, memorySwap: 64 * MIB, nanoCpus: 0, pids: 1 },
    ...{ stopTimeoutSeconds: 1, restart: 'no', log: { maxSize: '1m', maxFiles: 1 }, readOnlyRoot: true, network: 'none' },
  });
}

/**
 * Ends the work. A node that has no container yet keeps what it shall be: the marker takes the name of a container that an `up`
 * was about to put in place, from which the next `up` reads it.
 */
export async function finishMarker(node: string, carries: boolean, engine: Engine): Promise<void> {
  const { successor } = partNames(node);
  if (carries) {
    // What an earlier run was about to put in place is older than the marker.
    await engine.removeContainer(successor, { force: false });
    return engine.renameContainer(unfinishedName(node), successor);
  }
  await engine.removeContainer(unfinishedName(node), { force: true });
}
