import type { ContainerSummary, ObservedContainer } from '../ports/containers.ts';
import type { Drift } from './drift.ts';
import { LABEL_SPEC, LABEL_VERSION } from './labels.ts';
import type { Part, SeenPart } from './part.ts';
import type { Step } from './step.ts';

/** The steps that make the container of a part that has none. */
export function createSteps(part: Part, { volume, successor }: SeenPart): readonly Step[] {
  const { names, causes } = part;
  const start: Step = { kind: 'start-container', container: names.container, cause: 'a new container is not running' };
  if (successor !== undefined) return [...part.ground, ...part.needs, renameStep(part, 'its predecessor is removed already'), start];
  const create: Step = { kind: 'create-container', spec: part.container, cause: causes.container };
  const made: Step = { kind: 'create-volume', volume: part.volume, cause: causes.volume };
  // A volume that is there already is not trusted.
  const owned = volume === undefined && part.ownedByImage && part.files.length === 0;
  return [
    ...(volume === undefined ? [made] : []),
    ...(owned ? [] : [prepareStep(part, causes.prepare)]),
    ...part.ground,
    ...part.needs,
    ...part.begin,
    create,
    start,
  ];
}

/** Makes the volume the container's user's, with the files it needs. */
export function prepareStep({ names, container, files }: Part, cause: string): Step {
  return { kind: 'prepare-volume', volume: names.volume, helper: names.helper, image: container.image, files, cause };
}

/**
 * The steps that replace a container: the new one is made first and takes the name last, so that at every moment one
 * container carries the part's spec in its label, wherever nodectl is killed.
 */
export function replaceSteps(part: Part, container: ObservedContainer, drift: readonly Drift[], seen: SeenPart): readonly Step[] {
  const { names } = part;
  const cause = `changed: ${drift.map((field) => field.field).join(', ')}`;
  const steps: Step[] = [...part.ground, ...part.needs];
  if (seen.successor === undefined) {
    steps.push({ kind: 'create-container', spec: { ...part.container, name: names.successor }, cause });
  }
  const present = { container: container.name, id: container.id };
  if (!isStopped(container)) steps.push(stopStep(part.container.stopTimeoutSeconds, container, cause));
  if (part.files.length > 0) steps.push(prepareStep(part, cause));
  steps.push(
    { kind: 'remove-container', ...present, cause: `${cause} (the volume stays)` },
    renameStep(part, 'it takes the place of the removed one'),
    { kind: 'start-container', container: names.container, cause: 'a new container is not running' },
  );
  return steps;
}

export function stopStep(timeoutSeconds: number, { name, id }: ObservedContainer, cause: string): Step {
  return { kind: 'stop-container', container: name, id, timeoutSeconds, cause };
}

/** A container made by an interrupted run to be exactly what is desired now. */
export function findSuccessor({ names, container }: Part, leftovers: readonly ContainerSummary[]): ContainerSummary | undefined {
  const { labels } = container;
  return leftovers.find((left) => {
    const same = left.labels[LABEL_SPEC] === labels[LABEL_SPEC] && left.labels[LABEL_VERSION] === labels[LABEL_VERSION];
    return left.name === names.successor && left.state === 'created' && same;
  });
}

export function isStopped(container: ObservedContainer): boolean {
  return container.state === 'created' || container.state === 'exited';
}

function renameStep({ names }: Part, cause: string): Step {
  return { kind: 'rename-container', container: names.successor, name: names.container, cause };
}
