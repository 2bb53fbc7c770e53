import { NodectlError } from '../errors.ts';
import type { ContainerSummary, ObservedContainer, ObservedNode } from '../ports/containers.ts';
import { clientPart } from './consensus/client-part.ts';
import { createSteps, findSuccessor, isStopped, prepareStep, replaceSteps, stopStep } from './creation-steps.ts';
import type { DesiredNode } from './desired-node.ts';
import { type Drift, findClientDrift, findDrift } from './drift.ts';
import { executionPart } from './execution-part.ts';
import { consensusNames, partNames, secretVolume } from './names.ts';
import type { Part, SeenPart } from './part.ts';
import { partsNetwork } from './parts-network.ts';
import { refuseForeign, refuseForeignNetwork } from './refuse-foreign.ts';
import { secretSteps } from './secret-steps.ts';
import type { Step } from './step.ts';
import { isCarrier } from './unfinished.ts';

export interface Plan {
  readonly steps: readonly Step[];
  readonly drift: readonly Drift[];
}

/** A throw-away container that has lived this long was left by a nodectl that was killed. */
const LEFTOVER_AGE = 60_000;

/**
 * The steps from what is to what shall be; images come first, geth before the consensus client that drives it. Pure:
 * applying them and planning again gives none. NAME_TAKEN, before any step, for what is not this node's.
 */
export function planUp(desired: DesiredNode, observed: ObservedNode, now: number): Plan {
  refuseForeign(desired.name, observed);
  refuseForeignNetwork(partsNetwork(desired.name, desired.spec, ''), observed);
  const geth = planPart(executionPart(desired, observed), observed.container, observed.volume, observed, (container) =>
    findDrift(desired.spec, desired.container, container, desired.swapAccounting),
  );
  const client = planClient(desired, observed);
  const wanted = [geth.successor, client.successor].filter((left) => left !== undefined);
  // What carries the spec of a node without a container stays until there is one.
  const carriers = observed.container === undefined ? observed.leftovers.filter((left) => isCarrier(left) && !wanted.includes(left)) : [];
  const password = desired.newPassword && geth.keeps ? [prepareStep(executionPart(desired, observed), 'another password was given')] : [];
  // A container that is made brings its own.
  const secrets = geth.keeps ? secretSteps(desired, observed) : [];
  const refresh = geth.keeps ? refreshSteps(desired, observed) : [];
  const changing = [...client.before, ...secrets, ...password, ...refresh, ...geth.steps, ...notAgain(client.steps, geth.steps)];
  return {
    steps: [
      ...imageSteps(desired),
      ...storageSteps(desired),
      ...removeLeftovers(desired, observed, [...wanted, ...carriers], now),
      ...changing,
      ...carriers.map((left) => removal(left, 'the node has a container of its own')),
      ...(desired.storage?.guard === undefined ? [] : [desired.storage.guard]),
    ],
    drift: [...geth.drift, ...client.drift],
  };
}

/** For a container that stays and reads its files only when it starts; one that is stopped is started by the steps that follow. */
function refreshSteps(desired: DesiredNode, observed: ObservedNode): readonly Step[] {
  const { refresh: cause } = desired;
  const { container } = observed;
  if (cause === undefined || container === undefined) return [];
  const prepare = prepareStep(executionPart(desired, observed), cause);
  if (isStopped(container)) return [prepare];
  const start: Step = { kind: 'start-container', container: container.name, cause };
  return [stopStep(desired.container.stopTimeoutSeconds, container, cause), prepare, start];
}

/** Both parts stand on one network and share one key. */
function notAgain(steps: readonly Step[], before: readonly Step[]): readonly Step[] {
  const shared = ['create-network', 'make-key'].filter((kind) => before.some((step) => step.kind === kind));
  return steps.filter(({ kind }) => !shared.includes(kind));
}

interface PartPlan extends Plan {
  /** True when the container stays. */
  readonly keeps: boolean;
  /** The successor that the steps use. */
  readonly successor: ContainerSummary | undefined;
}

function planPart(
  part: Part,
  container: ObservedContainer | undefined,
  volume: SeenPart['volume'],
  { leftovers }: ObservedNode,
  driftOf: (container: ObservedContainer) => readonly Drift[],
): PartPlan {
  const successor = findSuccessor(part, leftovers);
  const seen = { container, volume, successor };
  if (container === undefined) return { steps: createSteps(part, seen), drift: [], keeps: false, successor };
  refusePaused(container);
  if (container.state === 'removing' || container.state === 'dead') {
    const { name, id, state } = container;
    const remove: Step = { kind: 'remove-container', container: name, id, cause: `the engine holds it as ${state}` };
    return { steps: [remove, ...createSteps(part, seen)], drift: [], keeps: false, successor };
  }
  const drift = driftOf(container);
  if (drift.some((field) => !field.live)) return { steps: replaceSteps(part, container, drift, seen), drift, keeps: false, successor };
  return { steps: [...liveSteps(part, container, drift), ...startSteps(part, container)], drift, keeps: true, successor: undefined };
}

/** `before` comes before anything is done to geth: a client that goes is stopped first. */
function planClient(desired: DesiredNode, observed: ObservedNode): PartPlan & { readonly before: readonly Step[] } {
  const { consensus, volumes } = observed;
  const { beside } = desired;
  if (beside === undefined) {
    const before = consensus === undefined ? [] : removeClient(consensus);
    return { before, steps: [], drift: [], keeps: true, successor: undefined };
  }
  const part = clientPart(desired, beside);
  const volume = volumes.find(({ name }) => name === part.names.volume);
  const plan = planPart(part, consensus, volume, observed, (container) => findClientDrift(beside, container, desired.swapAccounting));
  return { ...plan, before: [] };
}

function removeClient(container: ObservedContainer): readonly Step[] {
  refusePaused(container);
  const cause = 'the node shall have no consensus client of its own';
  const { name, id } = container;
  return [
    ...(isStopped(container) ? [] : [stopStep(container.stopTimeoutSeconds, container, cause)]),
    { kind: 'remove-container', container: name, id, cause: `${cause} (its volume stays)` },
  ];
}

function refusePaused({ state, name }: ObservedContainer): void {
  if (state !== 'paused') return;
  throw new NodectlError('CONTAINER_PAUSED', `Somebody paused ${name}; it is left as it is.`, {
    hint: `Let it go on with \`docker unpause ${name}\`, then run the same command again.`,
  });
}

/**
 * What interrupted runs left. A helper is needed until the container exists; the successor that the plan uses stays;
 * throw-away containers may be another nodectl's at work, unless they are old.
 */
function removeLeftovers(desired: DesiredNode, observed: ObservedNode, wanted: readonly ContainerSummary[], now: number): readonly Step[] {
  const [geth, client] = [partNames(desired.name), consensusNames(desired.name)];
  return observed.leftovers
    .filter((left) => {
      if (left.name === geth.helper) return observed.container !== undefined;
      if (left.name === client.helper) return observed.consensus !== undefined || desired.beside === undefined;
      const whole = observed.container !== undefined && (observed.consensus !== undefined || desired.beside === undefined);
      if (left.name.startsWith(`${secretVolume(desired.name)}.`)) return whole;
      if (isSuccessor(left, desired.name)) return !wanted.includes(left);
      return now - left.createdAt > LEFTOVER_AGE;
    })
    .map((left) => removal(left, `${left.name} was left by an interrupted run`, !isSuccessor(left, desired.name)));
}

function removal(left: ContainerSummary, cause: string, force = false): Step {
  return { kind: 'remove-leftover', container: left.id, force, cause };
}

/** Before the volume is made, and before the engine mounts it. */
function storageSteps({ storage }: DesiredNode): readonly Step[] {
  return storage?.step === undefined ? [] : [storage.step];
}

function isSuccessor({ name }: ContainerSummary, node: string): boolean {
  return name === partNames(node).successor || name === consensusNames(node).successor;
}

function imageSteps({ spec, beside }: DesiredNode): readonly Step[] {
  const cause = 'its id is to be pinned in the label';
  const steps: Step[] = [];
  if (spec.image.id === '') steps.push({ kind: 'provide-image', part: 'execution', reference: spec.image.ref, cause });
  if (beside?.spec.image.id === '') steps.push({ kind: 'provide-image', part: 'consensus', reference: beside.spec.image.ref, cause });
  return steps;
}

function liveSteps(part: Part, container: ObservedContainer, drift: readonly Drift[]): readonly Step[] {
  if (drift.length === 0) return [];
  const cause = `changed: ${drift.map((field) => `${field.field} ${field.from} → ${field.to}`).join(', ')}`;
  return [{ kind: 'update-limits', container: container.name, id: container.id, limits: part.container.limits, cause }];
}

function startSteps(part: Part, container: ObservedContainer): readonly Step[] {
  if (!isStopped(container)) return [];
  const cause = container.state === 'created' ? 'it was created and never started' : `it ended with exit code ${container.exitCode}`;
  return [...part.ground, { kind: 'start-container', container: container.name, cause }];
}
