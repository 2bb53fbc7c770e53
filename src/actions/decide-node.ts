import { chainRecord } from '../node/chain-record.ts';
import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';
import { containerSpec, type Surroundings } from '../node/container-spec.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { desiredSpec } from '../node/desired-spec.ts';
import { LABEL_NETWORK, LABEL_NODE } from '../node/labels.ts';
import { parseNodeName, partNames } from '../node/names.ts';
import { type Plan, planUp } from '../node/plan.ts';
import { planNotes } from '../node/plan-notes.ts';
import { presentSpec } from '../node/present.ts';
import type { NetworkProfile } from '../node/profile.ts';
import { refuseForeign } from '../node/refuse-foreign.ts';
import { refuseNewerChain, refuseOtherChain } from '../node/refuse-volume.ts';
import { type NodeSpec, readSpec } from '../node/spec.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { ProfileFiles, World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { begunChain, knownNetwork } from './begun-chain.ts';
import { choosePorts } from './choose-ports.ts';
import { gatherBudgetHost } from './gather-host.ts';
import { judgeRoom } from './judge-room.ts';
import type { OpenEngine } from './open-or-install-engine.ts';
import { askedLimits } from './preset-limits.ts';
import { resolveNetwork } from './resolve-network.ts';
import type { ProvidedImage, UpRequest } from './up-request.ts';
import { volumeFiles } from './volume-files.ts';

/** Judged before free ports are looked for. */
const NOMINAL_PORTS = { http: HTTP_PORT, ws: WS_PORT, p2p: null };

/** What of this machine goes into a container, where the engine runs on it. */
function surroundings(info: EngineInfo, host: Host): Surroundings {
  const { local, cgroupVersion } = info;
  return {
    fileLimit: local ? host.engineFileLimit() : undefined,
    swappiness: local && cgroupVersion === 1 ? host.swappiness() : undefined,
    nodectlVersion: VERSION,
  };
}

/** One look at the world and what follows from it. */
export interface Decision {
  readonly desired: DesiredNode;
  readonly profile: NetworkProfile;
  readonly observed: ObservedNode;
  readonly present: NodeSpec | undefined;
  readonly plan: Plan;
  readonly notes: readonly string[];
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
}

export async function standing(open: OpenEngine, world: World): Promise<Standing> {
  const [host, files] = await Promise.all([world.host(), world.profiles()]);
  return { ...open, host, files };
}

/**
 * Observes the node once and decides what it shall be and by which steps. Throws every refusal before anything is made.
 * `earlier` is what earlier looks of the same run saw.
 */
export async function decideNode(
  request: UpRequest,
  provided: ProvidedImage | undefined,
  { engine, info, host, files }: Standing,
  now: number,
  earlier: EarlierLooks = { present: undefined, imageGone: false },
): Promise<Decision> {
  const asked = request.network === undefined ? undefined : resolveNetwork(request.network, files);
  const name = parseNodeName(request.name ?? asked?.profile.name ?? 'mainnet');
  const names = partNames(name);
  const [observed, containers] = await Promise.all([
    engine.observe({ name, container: names.container, volume: names.volume }),
    engine.list(),
  ]);
  const own = observed.container?.labels[LABEL_NODE] === name ? observed.container : undefined;
  const successor = observed.leftovers.find((left) => left.name === names.successor);
  const present = presentSpec(own) ?? (own === undefined ? (readSpec(successor?.labels ?? {}) ?? earlier.present) : undefined);
  const kept = present !== undefined && earlier.imageGone ? { ...present, image: { ...present.image, id: '' } } : present;
  refuseForeign(name, observed);
  const image = provided?.image.id ?? own?.imageId;
  const look = own === undefined || request.geth !== undefined || request.imageRef !== undefined;
  const begun = await begunChain({ node: name, volume: observed.volume, present, look, image }, engine);
  const profile = asked?.profile ?? knownNetwork(present, begun, observed.volume, files);
  if (observed.volume !== undefined) refuseOtherChain({ name, profile, labels: observed.volume.labels, record: begun });
  // A volume that only holds accounts yet bears no network.
  const isNew = begun === undefined && observed.volume?.labels[LABEL_NETWORK] === undefined;
  const { spec: judged, notes } = desiredSpec(
    { ...request, ...askedLimits(request, files), geth: provided?.geth ?? request.geth },
    kept,
    profile,
    gatherBudgetHost(name, info, host, containers),
    present?.ports ?? NOMINAL_PORTS,
    isNew ? undefined : (begun ?? null),
  );
  refuseNewerChain(judged, name, begun);
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
  const pinned = provided === undefined || spec.image.id !== '' ? spec : { ...spec, image: provided.image };
  const around = surroundings(info, host);
  const chain = chainRecord(pinned, begun);
  const password = request.passwordFile === undefined ? undefined : files.readPassword(request.passwordFile);
  const inVolume = { name, spec: pinned, present, observed, genesis: asked?.genesis, password, before: begun, after: chain, image };
  const desired = {
    name,
    spec: pinned,
    container: containerSpec(name, pinned, profile, around),
    swapAccounting: info.enforces.swap,
    chain,
    ...(await volumeFiles(inVolume, engine)),
  };
  return {
    desired,
    profile,
    observed,
    present,
    plan: planUp(desired, observed, now),
    notes: [...notes, ...roomNotes, ...planNotes(pinned, profile)],
  };
}
