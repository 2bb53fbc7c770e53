import type { ContainerSummary, ObservedContainer, ObservedNode } from '../ports/containers.ts';
import { chainNetwork } from './chain-network.ts';
import { recordText } from './chain-record.ts';
import type { DesiredNode } from './desired-node.ts';
import type { Drift } from './drift.ts';
import { initWords } from './init-words.ts';
import { LABEL_CHAIN, LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_SPEC, LABEL_VERSION } from './labels.ts';
import { partNames } from './names.ts';
import type { Step } from './step.ts';

/** The steps that make the container of a node that has none. */
export function createSteps(desired: DesiredNode, observed: ObservedNode): readonly Step[] {
  const names = partNames(desired.name);
  const start: Step = { kind: 'start-container', container: names.container, cause: 'a new container is not running' };
  if (findSuccessor(desired, observed) !== undefined) return [renameStep(desired.name, 'its predecessor is removed already'), start];
  const create: Step = { kind: 'create-container', spec: desired.container, cause: 'the node has no container' };
  const owned = startsOwned(desired, observed) && desired.files.length === 0;
  const prepare = owned ? [] : [prepareStep(desired, `geth runs as ${desired.container.user}, not as root`)];
  return [...volumeSteps(desired, observed), ...prepare, ...chainSteps(desired), create, start];
}

/** Makes the volume geth's, with the files it needs. */
export function prepareStep(desired: DesiredNode, cause: string): Step {
  const { volume, helper } = partNames(desired.name);
  return { kind: 'prepare-volume', volume, helper, image: desired.container.image, files: desired.files, cause };
}

/** What only a private chain needs: its network on the engine, and its genesis in the volume. */
function chainSteps(desired: DesiredNode): readonly Step[] {
  if (desired.spec.custom?.private === undefined) return [];
  const { volume } = partNames(desired.name);
  const { image, user } = desired.container;
  const cause = 'a private chain begins with its own genesis; a volume that has it stays as it is';
  return [...networkSteps(desired), { kind: 'init-chain', volume, image, user, words: initWords(desired.spec), cause }];
}

/** The engine's network of a private chain; making it again changes nothing. */
export function networkSteps({ spec, container }: DesiredNode): readonly Step[] {
  const chain = spec.custom?.private;
  if (chain === undefined) return [];
  const network = chainNetwork(spec.network, chain, container.labels[LABEL_VERSION] ?? '');
  return [{ kind: 'create-network', network, cause: "the chain's nodes reach each other there, and nobody else does" }];
}

/**
 * Whether the engine itself gives the volume to geth's user: on its first mount an empty volume takes the owner and mode of the
 * image's folder, and the images that nodectl builds have one for geth's user. A volume that is there already is not trusted.
 */
function startsOwned({ spec }: DesiredNode, { volume }: ObservedNode): boolean {
  return volume === undefined && spec.image.origin === 'built';
}

/**
 * The steps that replace a container: the new one is made first and takes the name last, so that at every moment one
 * container carries the node's spec in its label, wherever nodectl is killed.
 */
export function replaceSteps(
  desired: DesiredNode,
  observed: ObservedNode,
  container: ObservedContainer,
  drift: readonly Drift[],
): readonly Step[] {
  const names = partNames(desired.name);
  const cause = `changed: ${drift.map((field) => field.field).join(', ')}`;
  const running = !isStopped(container);
  const steps: Step[] = [...networkSteps(desired)];
  if (findSuccessor(desired, observed) === undefined) {
    steps.push({ kind: 'create-container', spec: { ...desired.container, name: names.successor }, cause });
  }
  const present = { container: container.name, id: container.id };
  if (running) steps.push({ kind: 'stop-container', ...present, timeoutSeconds: desired.container.stopTimeoutSeconds, cause });
  if (desired.files.length > 0) steps.push(prepareStep(desired, cause));
  steps.push(
    { kind: 'remove-container', ...present, cause: `${cause} (the volume stays)` },
    renameStep(desired.name, 'it takes the place of the removed one'),
    { kind: 'start-container', container: names.container, cause: 'a new container is not running' },
  );
  return steps;
}

/** A container made by an interrupted run to be exactly what is desired now. */
export function findSuccessor(desired: DesiredNode, { leftovers }: ObservedNode): ContainerSummary | undefined {
  const { successor } = partNames(desired.name);
  const { labels } = desired.container;
  return leftovers.find((left) => {
    const same = left.labels[LABEL_SPEC] === labels[LABEL_SPEC] && left.labels[LABEL_VERSION] === labels[LABEL_VERSION];
    return left.name === successor && left.state === 'created' && same;
  });
}

export function isStopped(container: ObservedContainer): boolean {
  return container.state === 'created' || container.state === 'exited';
}

function renameStep(node: string, cause: string): Step {
  const names = partNames(node);
  return { kind: 'rename-container', container: names.successor, name: names.container, cause };
}

function volumeSteps(desired: DesiredNode, { volume }: ObservedNode): readonly Step[] {
  if (volume !== undefined) return [];
  const labels = {
    [LABEL_NODE]: desired.name,
    [LABEL_ROLE]: 'execution',
    [LABEL_NETWORK]: desired.spec.network,
    [LABEL_CHAIN]: recordText(desired.chain),
    [LABEL_VERSION]: desired.container.labels[LABEL_VERSION] ?? '',
  };
  const { volume: name } = partNames(desired.name);
  return [{ kind: 'create-volume', volume: { name, labels }, cause: 'the chain needs a place that outlives the container' }];
}
