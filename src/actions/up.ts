import { BIRTH_RECORD } from '../diagnosis/journal-notes.ts';
import { restUrl } from '../node/consensus/consensus-status.ts';
import { executionShare, type Share } from '../node/consensus/split-budget.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { dockerRunLine } from '../node/docker-run-line.ts';
import type { Drift } from '../node/drift.ts';
import { type Enforcement, enforcementWarning } from '../node/enforcement.ts';
import { consensusNames, partNames } from '../node/names.ts';
import { type NodeEndpoints, nodeEndpoints } from '../node/node-endpoints.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Step } from '../node/step.ts';
import { stepText } from '../node/step-text.ts';
import { plannedStorage, type StorageFacts, storageNotes } from '../node/storage/storage-facts.ts';
import type { World } from '../ports.ts';
import { type Beginning, type CheckpointReport, confirmBeginning, unasked } from './confirm-beginning.ts';
import { type Convergence, converge } from './converge.ts';
import { type Decision, decideNode, type Standing, standing } from './decide-node.ts';
import { openOrInstallEngine } from './open-or-install-engine.ts';
import { fullRefuser } from './refuse-full.ts';
import { afterStart, beforeStart, type LastRunJudged, type StartReport } from './start-and-wait.ts';
import type { UpRequest } from './up-request.ts';
import { verifyLimits } from './verify-limits.ts';
import { verifyStorage } from './verify-storage.ts';

/** What `up` found, did and proved. Sizes in bytes, times in milliseconds. */
export interface UpReport {
  readonly node: string;
  readonly network: string;
  readonly dryRun: boolean;
  /** False when there was nothing to do. */
  readonly changed: boolean;
  readonly steps: readonly { readonly kind: Step['kind']; readonly what: string; readonly cause: string }[];
  readonly drift: readonly Drift[];
  readonly spec: NodeSpec;
  readonly dockerRun: string;
  readonly container: string;
  readonly volume: string;
  readonly endpoints: NodeEndpoints;
  /** Of geth's container, read back after the start; empty in a dry run. */
  readonly limits: readonly Enforcement[];
  /** The consensus client beside geth; null where none runs. */
  readonly consensus: ConsensusReport | null;
  /** Where a consensus client began that this run has made; null where none began from a checkpoint. */
  readonly checkpoint: CheckpointReport | null;
  /** Read back after the start; in a dry run what is planned. */
  readonly storage: StorageFacts;
  readonly start: StartReport | null;
  readonly notes: readonly string[];
}

/** The consensus client of a node: its image, limits and checkpoints are in the spec. */
export interface ConsensusReport {
  readonly container: string;
  readonly volume: string;
  /** Of its REST API. */
  readonly endpoint: string;
  readonly dockerRun: string;
  /** What is left of the node's limits for geth. */
  readonly execution: Share;
  readonly limits: readonly Enforcement[];
}

interface Outcome {
  readonly limits: readonly Enforcement[];
  readonly consensusLimits: readonly Enforcement[];
  readonly checkpoint: CheckpointReport | null;
  readonly storage: StorageFacts | undefined;
  readonly start: StartReport | null;
  readonly notes: readonly string[];
}

const NOTHING_YET: Outcome = { limits: [], consensusLimits: [], checkpoint: null, storage: undefined, start: null, notes: [] };

/** Brings a node to what was asked: observes, plans, converges, verifies, waits. A dry run stops after the plan. */
export async function up(request: UpRequest, world: World): Promise<UpReport> {
  // The other adapters load while the engine is asked.
  const [open] = await Promise.all([openOrInstallEngine(request, world), world.host(), world.profiles(), world.journal()]);
  const ground = await standing(open, world);
  const unlessFull = fullRefuser(request.force, ground.info, world);
  if (request.dryRun) {
    const decision = await decideNode(request, {}, ground, world.clock.now());
    await unlessFull(decision);
    return report(request, decision, decision.plan.steps, decision, NOTHING_YET);
  }
  let last: LastRunJudged | undefined;
  const recall = async ({ observed, desired }: Decision) => {
    last ??= await beforeStart(desired.name, observed.container, observed.volume?.createdAt ?? world.clock.now(), world);
    return last;
  };
  const convergence = await converge(request, ground, world, async (step, decision) => {
    await unlessFull(decision, step);
    await recall(decision);
    if (step.kind === 'start-container') loadTransport(world);
    const isChain = step.kind === 'create-volume' && step.volume.name === partNames(decision.desired.name).volume;
    if (isChain) (await world.journal()).append(decision.desired.name, BIRTH_RECORD);
  });
  return finish(request, convergence, await recall(convergence.first), ground, world);
}

/** While the engine starts the container; a failure is met again where the transport is used. */
function loadTransport(world: World): void {
  world.clock
    .sleep(0)
    .then(() => world.rpc())
    .catch(() => {});
}

async function finish(
  request: UpRequest,
  convergence: Convergence,
  last: LastRunJudged,
  ground: Standing,
  world: World,
): Promise<UpReport> {
  const { decision, done, first } = convergence;
  const { desired } = decision;
  const node = { name: desired.name, container: desired.container.name, spec: desired.spec, local: ground.info.local };
  // The kernel holds the limits from the start on: they are read while geth makes ready.
  const verifying = verifyParts(desired, ground);
  verifying.catch(() => {});
  const beginning = begun(convergence);
  let checkpoint = beginning === undefined ? null : unasked(beginning);
  const opened = async (timeoutMs: number) => {
    if (beginning !== undefined) checkpoint = await confirmBeginning(beginning, timeoutMs, world);
  };
  const start = await afterStart(node, last, { goal: request.wait, timeoutMs: request.timeoutMs }, world, opened);
  const [limits, consensusLimits] = await verifying;
  const storage = await verifyStorage(desired, ground, world);
  const notes = [
    ...storageNotes(storage),
    ...limits.filter((row) => !row.enforced).map(enforcementWarning),
    ...consensusLimits.filter((row) => !row.enforced).map((row) => `consensus ${enforcementWarning(row)}`),
    ...(beginning === undefined || checkpoint === null ? [] : originNotes(beginning, checkpoint)),
  ];
  if (done.some((step) => step.kind === 'start-container')) {
    (await world.journal()).append(desired.name, { kind: 'start', data: { geth: desired.spec.geth, memory: desired.spec.memory } });
  }
  return report(request, decision, done, first, { limits, consensusLimits, checkpoint, storage, start, notes });
}

/** A client that this run gave a new database: a later start begins nowhere anew. */
function begun({ first, decision: { desired, profile }, done }: Convergence): Beginning | undefined {
  const { origin: agreed } = first;
  const { consensus } = desired.spec;
  const { volume } = consensusNames(desired.name);
  const made = done.some((step) => step.kind === 'create-volume' && step.volume.name === volume);
  return agreed === undefined || !made || consensus?.kind !== 'client'
    ? undefined
    : { node: desired.name, spec: consensus, profile, agreed };
}

/** That one provider was taken at its word alone is said before. */
function originNotes({ agreed }: Beginning, { from, reason }: CheckpointReport): readonly string[] {
  if (reason === null || agreed.others.length === 0) return [];
  return [`Nobody confirmed the block that the consensus client began at, which ${from} served: ${reason}.`];
}

async function verifyParts({ container, beside }: DesiredNode, { engine, info, host }: Standing) {
  return Promise.all([
    verifyLimits(container, engine, info, host),
    beside === undefined ? [] : verifyLimits(beside.container, engine, info, host),
  ]);
}

function report(request: UpRequest, decision: Decision, steps: readonly Step[], first: Decision, outcome: Outcome): UpReport {
  const { desired } = decision;
  const { spec } = desired;
  const names = partNames(desired.name);
  return {
    node: desired.name,
    network: spec.network,
    dryRun: request.dryRun,
    changed: !request.dryRun && steps.length > 0,
    steps: steps.map((step) => ({ kind: step.kind, what: stepText(step), cause: step.cause })),
    drift: first.plan.drift,
    spec,
    dockerRun: dockerRunLine(desired.container, spec.image.digest ?? spec.image.ref),
    container: names.container,
    volume: names.volume,
    endpoints: nodeEndpoints(spec),
    limits: outcome.limits,
    consensus: consensusReport(desired, outcome.consensusLimits),
    checkpoint: outcome.checkpoint,
    storage: outcome.storage ?? plannedStorage(desired),
    start: outcome.start,
    notes: [...decision.notes, ...outcome.notes],
  };
}

function consensusReport({ name, spec, beside }: DesiredNode, limits: readonly Enforcement[]): ConsensusReport | null {
  if (beside === undefined) return null;
  const { container, volume } = consensusNames(name);
  const { image } = beside.spec;
  return {
    ...{ container, volume, limits },
    endpoint: restUrl(beside.spec),
    dockerRun: dockerRunLine(beside.container, image.digest ?? image.ref),
    execution: executionShare(spec),
  };
}
