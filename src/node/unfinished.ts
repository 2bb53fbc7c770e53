import { NodectlError } from '../errors.ts';
import type { ContainerSummary, ObservedNode } from '../ports/containers.ts';

/** What the label of a marker says that is at work. */
export const LABEL_WORK = 'nodectl.work';
const WORKS = ['import', 'migrate', 'resync', 'prune'] as const;
export type Work = (typeof WORKS)[number];

/**
 * The container that stands for work on a node's volumes which must not be seen half done. It is never started; while it is there
 * only the same command goes on, or makes it undone. It carries the spec of the node, which no other container may have meanwhile.
 */
export function unfinishedName(node: string): string {
  return `nodectl-${node}.unfinished`;
}

/**
 * The marker's name once the work is done and the node is still to be started: it holds up nothing, and tells the same command that only
 * this is left.
 */
export function unstartedName(node: string): string {
  return `nodectl-${node}.unstarted`;
}

/** That marker among what a node left, unless the node was started since by somebody else. */
export function findUnstarted(
  node: string,
  { container, leftovers }: Pick<ObservedNode, 'container' | 'leftovers'>,
): ContainerSummary | undefined {
  const marker = leftovers.find(({ name }) => name === unstartedName(node));
  const started = container?.state === 'running' || (container?.startedAt ?? 0) > (marker?.createdAt ?? 0);
  return container !== undefined && started ? undefined : marker;
}

/** The marker among what a node left; undefined where nothing is half done. */
export function findUnfinished(node: string, leftovers: readonly ContainerSummary[]): ContainerSummary | undefined {
  return leftovers.find(({ name }) => name === unfinishedName(node));
}

/** Which work a marker stands for. */
export function workOf({ labels }: Pick<ContainerSummary, 'labels'>): Work {
  return WORKS.find((work) => work === labels[LABEL_WORK]) ?? 'import';
}

/** UNFINISHED while a node's volumes are half imported or moved: nothing may be begun on them. */
export function refuseUnfinished(node: string, leftovers: readonly ContainerSummary[]): void {
  const marker = findUnfinished(node, leftovers);
  if (marker === undefined) return;
  const words = {
    import: {
      what: `The import of ${node} was cut off, or is still at work: its volumes are not whole.`,
      hint: `Run the same \`nodectl import\` again, or remove what there is: \`nodectl down ${node} --volumes\`.`,
    },
    migrate: {
      what: `The storage of ${node} is being moved, or its move was cut off.`,
      hint: 'Run the same `nodectl storage migrate` again: it goes on where it was.',
    },
    resync: {
      what: `The chain of ${node} is being removed, or its removal was cut off.`,
      hint: `Run \`nodectl resync ${node}\` again: it goes on where it was.`,
    },
    prune: {
      what: `The database of ${node} is being pruned, or \`nodectl prune\` was cut off.`,
      hint: `Run \`nodectl prune ${node}\` with the same options again: it goes on where it was.`,
    },
  }[workOf(marker)];
  throw new NodectlError('UNFINISHED', words.what, { hint: words.hint });
}

/** True of a marker whose work is done, and which still says what a node shall be that has no container yet. */
export function isCarrier({ name, labels }: Pick<ContainerSummary, 'name' | 'labels'>): boolean {
  return labels[LABEL_WORK] !== undefined && !name.endsWith('.unfinished');
}
