import { NodectlError } from '../errors.ts';
import type { ContainerSummary, ObservedContainer, ObservedNode } from '../ports/containers.ts';
import { createSteps, findSuccessor, isStopped, networkSteps, prepareStep, replaceSteps } from './creation-steps.ts';
import type { DesiredNode } from './desired-node.ts';
import { type Drift, findDrift } from './drift.ts';
import { partNames } from './names.ts';
import { refuseForeign } from './refuse-foreign.ts';
import type { Step } from './step.ts';

export interface Plan {
  readonly steps: readonly Step[];
  readonly drift: readonly Drift[];
}

/** A throw-away container that has lived this long was left by a nodectl that was killed. */
const LEFTOVER_AGE = 60_000;

/**
 * The steps from what is to what shall be; an image comes first. Pure: applying them and planning again gives none.
 * NAME_TAKEN, before any step, for what is not this node's.
 */
export function planUp(desired: DesiredNode, observed: ObservedNode, now: number): Plan {
  refuseForeign(desired.name, observed);
  const { container } = observed;
  const cleaning = removeLeftovers(desired, observed, findSuccessor(desired, observed), now);
  if (container === undefined) return { steps: [...imageSteps(desired), ...cleaning, ...createSteps(desired, observed)], drift: [] };
  if (container.state === 'paused') {
    throw new NodectlError('CONTAINER_PAUSED', `Somebody paused ${container.name}; it is left as it is.`, {
      hint: `Let it go on with \`docker unpause ${container.name}\`, then run the same command again.`,
    });
  }
  if (container.state === 'removing' || container.state === 'dead') {
    const { name, id, state } = container;
    const remove: Step = { kind: 'remove-container', container: name, id, cause: `the engine holds it as ${state}` };
    return { steps: [...imageSteps(desired), ...cleaning, remove, ...createSteps(desired, observed)], drift: [] };
  }
  const drift = findDrift(desired.spec, desired.container, container, desired.swapAccounting);
  if (drift.some((field) => !field.live)) {
    return { steps: [...imageSteps(desired), ...cleaning, ...replaceSteps(desired, observed, container, drift)], drift };
  }
  const unused = removeLeftovers(desired, observed, undefined, now);
  const password = desired.newPassword ? [prepareStep(desired, 'another password was given')] : [];
  return { steps: [...unused, ...password, ...liveSteps(desired, container, drift), ...startSteps(desired, container)], drift };
}

/**
 * What interrupted runs left. A helper is needed until the container exists; the successor that the plan uses stays;
 * throw-away containers may be another nodectl's at work, unless they are old.
 */
function removeLeftovers(desired: DesiredNode, observed: ObservedNode, wanted: ContainerSummary | undefined, now: number): readonly Step[] {
  const names = partNames(desired.name);
  return observed.leftovers
    .filter((left) => {
      if (left.name === names.helper) return observed.container !== undefined;
      if (left.name === names.successor) return left !== wanted;
      return now - left.createdAt > LEFTOVER_AGE;
    })
    .map((left) => ({
      kind: 'remove-leftover',
      container: left.id,
      force: left.name !== names.successor,
      cause: `${left.name} was left by an interrupted run`,
    }));
}

function imageSteps({ spec }: DesiredNode): readonly Step[] {
  return spec.image.id === '' ? [{ kind: 'provide-image', reference: spec.image.ref, cause: 'its id is to be pinned in the label' }] : [];
}

function liveSteps(desired: DesiredNode, container: ObservedContainer, drift: readonly Drift[]): readonly Step[] {
  if (drift.length === 0) return [];
  const cause = `changed: ${drift.map((field) => `${field.field} ${field.from} → ${field.to}`).join(', ')}`;
  return [{ kind: 'update-limits', container: container.name, id: container.id, limits: desired.container.limits, cause }];
}

function startSteps(desired: DesiredNode, container: ObservedContainer): readonly Step[] {
  if (!isStopped(container)) return [];
  const cause = container.state === 'created' ? 'it was created and never started' : `it ended with exit code ${container.exitCode}`;
  return [...networkSteps(desired), { kind: 'start-container', container: container.name, cause }];
}
