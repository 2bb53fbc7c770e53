import { type ErrorCode, NodectlError } from '../errors.ts';
import { consensusClient } from '../node/consensus/client-table.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { lightBackend } from '../node/light/light-backends.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Step } from '../node/step.ts';
import { stepText } from '../node/step-text.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { type Decision, decideNode, type EarlierLooks, type Standing } from './decide-node.ts';
import { ensureConsensusImage } from './ensure-consensus-image.ts';
import { type EnsuredImage, ensureImage } from './ensure-image.ts';
import { ensureLightImage } from './ensure-light-image.ts';
import { executeStep } from './execute-plan.ts';
import { leaveChainNetwork } from './leave-chain-network.ts';
import { findSiblings } from './peer-siblings.ts';
import { untilListening } from './until-listening.ts';
import type { ProvidedImages, UpRequest } from './up-request.ts';

export interface Convergence {
  /** The last look, whose plan was carried out. */
  readonly decision: Decision;
  /** Every step that was carried out, in order. */
  readonly done: readonly Step[];
  /** The first look's, before anything was changed. */
  readonly first: Decision;
}

/** How often we look again when something else changes the node at the same moment. */
const LOOKS = 12;

/** Another nodectl did it first, or took away what we were about to use: look again instead of giving up. */
const CHANGED_UNDERNEATH: readonly ErrorCode[] = ['NAME_TAKEN', 'NO_SUCH_NODE', 'NO_SUCH_IMAGE', 'CONVERGENCE_FAILED'];

/**
 * Observes, plans and executes until a plan was carried out whole (an empty one is). `beforeStep` sees each step and the look it comes from.
 * CONVERGENCE_FAILED when the node is still being changed by something else after a dozen looks.
 */
export async function converge(
  request: UpRequest,
  ground: Standing,
  world: World,
  beforeStep: (step: Step, decision: Decision) => Promise<void>,
): Promise<Convergence> {
  let provided: ProvidedImages = {};
  let first: Decision | undefined;
  const done: Step[] = [];
  let earlier: EarlierLooks = { present: undefined, imageGone: false };
  for (let look = 0; look < LOOKS; look++) {
    const decision = await decideNode(request, provided, ground, world.clock.now(), earlier);
    first ??= decision;
    earlier = { ...earlier, present: decision.present };
    const [imageStep] = decision.plan.steps;
    if (imageStep?.kind === 'provide-image') {
      provided = { ...provided, ...(await provide(imageStep.part, request, decision.desired, ground, world)) };
      earlier = { ...earlier, imageGone: false };
      done.push(imageStep);
      // Its id belongs into the label: plan again with it.
      continue;
    }
    try {
      for (const step of decision.plan.steps) {
        if (step.kind === 'provide-image') continue;
        if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted; the next run goes on from here.');
        await beforeStep(step, decision);
        world.console.notice(stepText(step));
        const { container } = decision.observed;
        if (step.kind === 'stop-container' && step.id === container?.id) await untilListening(container, ground.engine, world.clock);
        if (step.kind === 'start-container') await tellSiblings(step.container, decision.desired.spec, ground.engine);
        await executeStep(step, decision.desired.name, ground);
        done.push(step);
      }
      return { decision, done, first };
    } catch (thrown) {
      if (!isWorthALook(thrown, request)) {
        await undoBegun(thrown, done, decision, ground);
        throw thrown;
      }
      if (thrown.code === 'NO_SUCH_IMAGE') earlier = { ...earlier, imageGone: true };
      await world.clock.sleep(20 + 30 * look, world.signal);
    }
  }
  throw new NodectlError('CONVERGENCE_FAILED', `Something keeps changing the node while \`up\` works on it (${LOOKS} looks).`);
}

/** Only the nodes of a private chain have siblings. */
async function tellSiblings(name: string, spec: NodeSpec, engine: Engine): Promise<void> {
  if (spec.custom?.private === undefined || spec.light !== null) return;
  const container = await engine.inspect(name);
  if (container !== undefined) await findSiblings(container, engine);
}

/** A genesis that geth does not take: what this run made for it has nothing in it, and would only stand in the way of the mended one. */
async function undoBegun(thrown: unknown, done: readonly Step[], { desired }: Decision, { engine, removeSized }: Standing): Promise<void> {
  if (!(thrown instanceof NodectlError) || thrown.code !== 'INVALID_GENESIS') return;
  const made = done.find((step) => step.kind === 'create-volume');
  if (made !== undefined) {
    await removeSized(made.volume).catch(() => {});
    await engine.removeVolume(made.volume.name).catch(() => {});
  }
  const chain = desired.spec.custom?.private;
  if (chain !== undefined) await leaveChainNetwork(chain.genesis, engine).catch(() => {});
}

/** With `--port auto` a port that was taken since it was chosen is only a reason to choose another. */
function isWorthALook(thrown: unknown, request: UpRequest): thrown is NodectlError {
  if (!(thrown instanceof NodectlError)) return false;
  return CHANGED_UNDERNEATH.includes(thrown.code) || (thrown.code === 'PORT_TAKEN' && request.port === 'auto');
}

/** Makes sure of an image of one of the parts, and of what version geth's is. */
async function provide(
  part: 'execution' | 'consensus',
  request: UpRequest,
  { spec, beside }: DesiredNode,
  ground: Standing,
  world: World,
): Promise<ProvidedImages> {
  if (part === 'consensus' && beside !== undefined) {
    const { architecture } = ground.info;
    const client = consensusClient(beside.spec.client);
    return { consensus: pinned(await ensureConsensusImage({ client, source: request.imageSource, architecture }, world)) };
  }
  if (spec.light !== null) {
    const { architecture } = ground.info;
    return {
      execution: { image: pinned(await ensureLightImage(lightBackend(spec.light.backend), spec.image, architecture, world)), geth: '' },
    };
  }
  const ref = request.imageRef ?? (spec.image.origin === 'given' ? spec.image.ref : undefined);
  const ensured = await ensureImage(
    {
      version: spec.geth,
      ...(ref === undefined ? {} : { ref }),
      source: request.imageSource,
      architecture: ground.info.architecture,
    },
    world,
  );
  return { execution: { image: pinned(ensured), geth: ensured.version } };
}

function pinned({ ref, facts, digest, origin }: EnsuredImage): NodeSpec['image'] {
  return { ref, id: facts.id, digest, origin };
}
