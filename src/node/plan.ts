import { NodectlError } from '../errors.ts';
import type { ContainerLimits, ContainerSpec, ObservedContainer, ObservedNode, VolumeSpec } from '../ports.ts';
import { type Drift, findDrift } from './drift.ts';
import { LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from './labels.ts';
import { partNames } from './names.ts';
import type { NodeSpec } from './spec.ts';

/** One act on the engine; each kind is one engine call, and each carries its cause in words. */
export type Step = { readonly cause: string } & (
  | { readonly kind: 'provide-image'; readonly reference: string }
  | { readonly kind: 'remove-leftover'; readonly container: string }
  | { readonly kind: 'create-volume'; readonly volume: VolumeSpec }
  | { readonly kind: 'own-volume'; readonly volume: string; readonly helper: string; readonly image: string }
  | { readonly kind: 'stop-container'; readonly container: string; readonly timeoutSeconds: number }
  | { readonly kind: 'remove-container'; readonly container: string }
  | { readonly kind: 'create-container'; readonly spec: ContainerSpec }
  | { readonly kind: 'update-limits'; readonly container: string; readonly limits: Partial<ContainerLimits> }
  | { readonly kind: 'start-container'; readonly container: string }
);

export interface Plan {
  readonly steps: readonly Step[];
  readonly drift: readonly Drift[];
}

/** What a node shall be, for the planner. */
export interface DesiredNode {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly container: ContainerSpec;
  /** False when the engine discards swap limits: then a differing one is not drift. */
  readonly swapAccounting: boolean;
}

/** A throw-away container that has lived this long was left by a nodectl that was killed. */
const LEFTOVER_AGE = 60_000;

/** The steps from what is to what shall be; an image comes first. Pure; applying them and planning again gives none. NAME_TAKEN for what is not ours. */
export function planUp(desired: DesiredNode, observed: ObservedNode, now: number): Plan {
  refuseForeign(desired, observed);
  const { container } = observed;
  const cleaning = removeLeftovers(desired, observed, now);
  if (container === undefined) {
    return { steps: [...imageSteps(desired), ...cleaning, ...createSteps(desired, observed, 'the node has no container')], drift: [] };
  }
  const drift = findDrift(desired.spec, desired.container, container, desired.swapAccounting);
  const blocking = drift.filter((field) => !field.live);
  if (blocking.length > 0) {
    return { steps: [...imageSteps(desired), ...cleaning, ...recreateSteps(desired, observed, container, blocking)], drift };
  }
  return { steps: [...cleaning, ...liveSteps(desired, container, drift), ...startSteps(container)], drift };
}

function refuseForeign({ name, spec }: DesiredNode, { container, volume }: ObservedNode): void {
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A container named ${container.name} exists that is not nodectl's; it is left alone.`, {
      facts: { container: container.id.slice(0, 12), image: container.imageRef },
    });
  }
  if (volume === undefined) return;
  if (volume.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A volume named ${volume.name} exists that is not nodectl's; it is left alone.`);
  }
  const holds = volume.labels[LABEL_NETWORK];
  if (holds !== undefined && holds !== spec.network) {
    throw new NodectlError('USAGE', `The volume of ${name} holds the chain of ${holds}, not of ${spec.network}.`, {
      hint: `Use another --name, or remove that chain with \`nodectl down ${name} --volumes\`.`,
    });
  }
}

function removeLeftovers(desired: DesiredNode, { container, leftovers }: ObservedNode, now: number): Step[] {
  const { helper } = partNames(desired.name);
  return leftovers
    .filter((left) => (left.name === helper ? container !== undefined : now - left.createdAt > LEFTOVER_AGE))
    .map((left) => ({ kind: 'remove-leftover', container: left.id, cause: `${left.name} was left by an interrupted run` }));
}

function createSteps(desired: DesiredNode, { volume }: ObservedNode, cause: string): Step[] {
  const names = partNames(desired.name);
  const steps: Step[] = [];
  if (volume === undefined) {
    const labels = {
      [LABEL_NODE]: desired.name,
      [LABEL_ROLE]: 'execution',
      [LABEL_NETWORK]: desired.spec.network,
      [LABEL_VERSION]: desired.container.labels[LABEL_VERSION] ?? '',
    };
    steps.push({
      kind: 'create-volume',
      volume: { name: names.volume, labels },
      cause: 'the chain needs a place that outlives the container',
    });
  }
  steps.push(
    {
      kind: 'own-volume',
      volume: names.volume,
      helper: names.helper,
      image: desired.container.image,
      cause: `geth runs as ${desired.container.user}, not as root`,
    },
    { kind: 'create-container', spec: desired.container, cause },
    { kind: 'start-container', container: names.container, cause: 'a new container is not running' },
  );
  return steps;
}

function imageSteps({ spec }: DesiredNode): Step[] {
  return spec.image.id === '' ? [{ kind: 'provide-image', reference: spec.image.ref, cause: 'its id is to be pinned in the label' }] : [];
}

function recreateSteps(desired: DesiredNode, observed: ObservedNode, container: ObservedContainer, drift: readonly Drift[]): Step[] {
  const cause = `changed: ${drift.map((field) => field.field).join(', ')}`;
  const timeoutSeconds = desired.container.stopTimeoutSeconds;
  const stop: Step[] = isStopped(container) ? [] : [{ kind: 'stop-container', container: container.name, timeoutSeconds, cause }];
  const remove: Step = { kind: 'remove-container', container: container.name, cause: `${cause} (the volume stays)` };
  return [...stop, remove, ...createSteps(desired, observed, cause)];
}

function liveSteps(desired: DesiredNode, container: ObservedContainer, drift: readonly Drift[]): Step[] {
  if (drift.length === 0) return [];
  const cause = `changed: ${drift.map((field) => `${field.field} ${field.from} → ${field.to}`).join(', ')}`;
  return [{ kind: 'update-limits', container: container.name, limits: desired.container.limits, cause }];
}

function startSteps(container: ObservedContainer): Step[] {
  if (!isStopped(container)) return [];
  const cause = container.state === 'created' ? 'it was created and never started' : `it ended with exit code ${container.exitCode}`;
  return [{ kind: 'start-container', container: container.name, cause }];
}

function isStopped(container: ObservedContainer): boolean {
  return container.state === 'created' || container.state === 'exited' || container.state === 'dead';
}
