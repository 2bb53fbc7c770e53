import { chainRecord } from '../node/chain-record.ts';
import { CONSENSUS_CLIENTS, type ConsensusClientName } from '../node/consensus/consensus-spec.ts';
import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';
import { containerSpec } from '../node/container-spec.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { desiredSpec } from '../node/desired-spec.ts';
import type { AgreedOrigin } from '../node/endpoints/agreed-origin.ts';
import { LABEL_CLIENT, LABEL_NETWORK, LABEL_NODE } from '../node/labels.ts';
import { isLightClient, modeOf, refuseOtherKind } from '../node/light/refuse-other-kind.ts';
import { consensusNames, parseNodeName, partNames } from '../node/names.ts';
import { type Plan, planUp } from '../node/plan.ts';
import { planNotes } from '../node/plan-notes.ts';
import { presentSpec } from '../node/present.ts';
import type { NetworkProfile } from '../node/profile.ts';
import { refuseForeign } from '../node/refuse-foreign.ts';
import { refuseNewerChain, refuseOtherBeacon, refuseOtherChain } from '../node/refuse-volume.ts';
import { type NodeSpec, readSpec } from '../node/spec.ts';
import type { SizedWish } from '../node/storage/sized-place.ts';
import { refuseUnfinished } from '../node/unfinished.ts';
import { withoutImages } from '../node/without-images.ts';
import type { ObservedNode, VolumeSpec } from '../ports/containers.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { Clock, ProfileFiles, World } from '../ports.ts';
import type { HostHands } from './apply-host-steps.ts';
import { begunChain, knownNetwork } from './begun-chain.ts';
import { type CheckpointAsker, checkpointAsker } from './checkpoint-asker.ts';
import { choosePorts } from './choose-ports.ts';
import { decideConsensus } from './decide-consensus.ts';
import { decideLight } from './decide-light.ts';
import { decideStorage } from './decide-storage.ts';
import { gatherBudgetHost } from './gather-host.ts';
import { judgeRoom } from './judge-room.ts';
import { type LightAsker, lightAsker } from './light-asker.ts';
import type { OpenEngine } from './open-or-install-engine.ts';
import { askedLimits } from './preset-limits.ts';
import { type Guard, guardOf } from './provide-guard.ts';
import { provideSized } from './provide-sized.ts';
import { removeSized } from './remove-sized.ts';
import { resolveNetwork } from './resolve-network.ts';
import { surroundings } from './surroundings.ts';
import type { ProvidedImages, UpRequest } from './up-request.ts';
import { volumeFiles } from './volume-files.ts';

/** Judged before free ports are looked for. */
const NOMINAL_PORTS = { http: HTTP_PORT, ws: WS_PORT, p2p: null };

/** One look at the world and what follows from it. */
export interface Decision {
  readonly desired: DesiredNode;
  readonly profile: NetworkProfile;
  readonly observed: ObservedNode;
  readonly present: NodeSpec | undefined;
  readonly plan: Plan;
  readonly notes: readonly string[];
  /** What providers agreed on for a consensus client that is new; undefined where none is. */
  readonly origin?: AgreedOrigin | undefined;
}

/** What the earlier looks of one `up` tell the next. */
export interface EarlierLooks {
  /** Holds where another run took away what carried the spec. */
  readonly present: NodeSpec | undefined;
  /** True when the engine no longer has the image that the node pinned. */
  readonly imageGone: boolean;
}

/** What stays the same however often one `up` looks. */
export interface Standing {
  readonly engine: Engine;
  readonly info: EngineInfo;
  readonly host: Host;
  readonly files: ProfileFiles;
  readonly clock: Clock;
  /** Asks once, however often one `up` looks. */
  readonly askCheckpoints: CheckpointAsker;
  readonly askLight: LightAsker;
  readonly hands: () => Promise<HostHands>;
  readonly guard: Guard;
  readonly provideSized: (wish: SizedWish) => Promise<void>;
  readonly removeSized: (volume: VolumeSpec) => Promise<void>;
}

export async function standing(open: OpenEngine, world: World): Promise<Standing> {
  const [host, files] = await Promise.all([world.host(), world.profiles()]);
  const hands = async () => ({ files: await world.hostFiles(), changes: await world.hostChanges() });
  return {
    ...{ ...open, host, files, clock: world.clock, hands, guard: guardOf(open.info, world) },
    askCheckpoints: checkpointAsker(world),
    askLight: lightAsker(world),
    removeSized: (volume) => removeSized(volume, world),
    provideSized: async (wish) => void (await provideSized(wish, await hands(), world)),
  };
}

/**
 * Observes the node once and decides what it shall be and by which steps. Throws every refusal before anything is made.
 * `earlier` is what earlier looks of the same run saw.
 */
export async function decideNode(
  request: UpRequest,
  provided: ProvidedImages,
  ground: Standing,
  now: number,
  earlier: EarlierLooks = { present: undefined, imageGone: false },
): Promise<Decision> {
  const { engine, info, host, files } = ground;
  const asked = request.network === undefined ? undefined : resolveNetwork(request.network, files);
  const name = parseNodeName(request.name ?? asked?.profile.name ?? 'mainnet');
  const names = partNames(name);
  const [observed, containers] = await Promise.all([
    engine.observe({ name, container: names.container, volume: names.volume }),
    engine.list(),
  ]);
  const own = observed.container?.labels[LABEL_NODE] === name ? observed.container : undefined;
  const beside = observed.consensus?.labels[LABEL_NODE] === name ? observed.consensus : undefined;
  const successor = observed.leftovers.find((left) => left.name === names.successor);
  const present = presentSpec(own, beside) ?? (own === undefined ? (readSpec(successor?.labels ?? {}) ?? earlier.present) : undefined);
  const kept = present !== undefined && earlier.imageGone ? withoutImages(present) : present;
  refuseForeign(name, observed);
  refuseUnfinished(name, observed.leftovers);
  const image = provided.execution?.image.id ?? own?.imageId;
  const look = own === undefined || [request.geth, request.imageRef, request.history].some((word) => word !== undefined);
  const begun = await begunChain({ node: name, volume: observed.volume, present, look, image }, engine);
  const profile = asked?.profile ?? knownNetwork(present, begun, observed.volume, files);
  if (observed.volume !== undefined) refuseOtherChain({ name, profile, labels: observed.volume.labels, record: begun });
  const light = isLightClient(modeOf(request.mode, present, begun, profile), profile);
  if (observed.volume !== undefined) refuseOtherKind(name, light, begun);
  if (light) {
    const around = surroundings(info, host);
    const { beacon } = asked ?? {};
    const seen = { request, name, profile, beacon, observed, containers, present: kept, begun, image };
    return decideLight({ ...seen, provided: provided.execution, around }, ground, now);
  }
  // A volume that only holds accounts yet bears no network.
  const isNew = begun === undefined && observed.volume?.labels[LABEL_NETWORK] === undefined;
  const limits = { ...request, ...askedLimits(request, files) };
  const { spec: first, notes } = desiredSpec(
    { ...limits, geth: provided.execution?.geth ?? request.geth },
    kept,
    profile,
    gatherBudgetHost(name, info, host, containers),
    present?.ports ?? NOMINAL_PORTS,
    isNew ? undefined : (begun ?? null),
    begunClient(name, observed),
  );
  const stored = await decideStorage({ name, asked: limits, spec: first, present: kept, observed }, ground);
  const judged = { ...first, ...stored.spec };
  refuseNewerChain(judged, name, begun);
  refuseOtherBeacon({ name, profile, volumes: observed.volumes, record: begun });
  const roomNotes = isNew ? judgeRoom(judged, profile, request.force, info, host) : [];
  // What is asked is judged before the world is: a port is looked for only when everything else can be.
  const question = {
    asked: request.port,
    present: present?.ports,
    peers: profile.peers,
    container: names.container,
    running: own?.state === 'running',
  };
  const spec = { ...judged, ports: await choosePorts(question, engine, info, host) };
  const around = surroundings(info, host);
  const pinnedImage = provided.execution === undefined || spec.image.id !== '' ? spec.image : provided.execution.image;
  const decided = await decideConsensus(
    { name, request, spec, present, observed, profile, beacon: asked?.beacon, image, provided: provided.consensus, around },
    ground,
  );
  const pinned = { ...spec, image: pinnedImage, consensus: decided.consensus };
  const chain = chainRecord(pinned, begun);
  const password = request.passwordFile === undefined ? undefined : files.readPassword(request.passwordFile);
  const inVolume = { name, spec: pinned, present, observed, genesis: asked?.genesis, password, before: begun, after: chain, image };
  const { files: placed, newPassword } = await volumeFiles(inVolume, engine);
  const desired: DesiredNode = {
    name,
    spec: pinned,
    container: { ...containerSpec(name, pinned, profile, around), layerSize: stored.desired?.layerSize },
    swapAccounting: info.enforces.swap,
    chain,
    files: [...placed, ...decided.files],
    newPassword,
    refresh: decided.refresh,
    beside: decided.beside,
    secret: decided.secret,
    storage: stored.desired,
  };
  return {
    desired,
    profile,
    observed,
    present,
    plan: planUp(desired, observed, now),
    notes: [...notes, ...stored.notes, ...roomNotes, ...decided.notes, ...planNotes(pinned, profile)],
    origin: decided.origin,
  };
}

/** Whose database the node's consensus volume holds. */
function begunClient(node: string, { volumes }: ObservedNode): ConsensusClientName | undefined {
  const held = volumes.find(({ name }) => name === consensusNames(node).volume)?.labels[LABEL_CLIENT];
  return CONSENSUS_CLIENTS.find((client) => client === held);
}
