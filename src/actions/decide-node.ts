import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';
import { containerSpec } from '../node/container-spec.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { desiredSpec } from '../node/desired-spec.ts';
import { LABEL_NETWORK, LABEL_NODE } from '../node/labels.ts';
import { parseNodeName, partNames } from '../node/names.ts';
import { type Plan, planUp } from '../node/plan.ts';
import { presentSpec } from '../node/present.ts';
import type { NetworkProfile, Preset } from '../node/profile.ts';
import { readNetwork, readPreset } from '../node/read-profile.ts';
import { parseSize } from '../node/size.ts';
import { type NodeSpec, readSpec } from '../node/spec.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { ProfileFiles, World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { choosePorts } from './choose-ports.ts';
import { gatherBudgetHost } from './gather-host.ts';
import type { OpenEngine } from './open-or-install-engine.ts';
import type { ProvidedImage, UpRequest } from './up-request.ts';

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
  const asked = request.network === undefined ? undefined : network(request.network, files);
  const name = parseNodeName(request.name ?? asked?.name ?? 'mainnet');
  const names = partNames(name);
  const [observed, containers] = await Promise.all([
    engine.observe({ name, container: names.container, volume: names.volume }),
    engine.list(),
  ]);
  const own = observed.container?.labels[LABEL_NODE] === name ? observed.container : undefined;
  const successor = observed.leftovers.find((left) => left.name === names.successor);
  const present = presentSpec(own) ?? (own === undefined ? (readSpec(successor?.labels ?? {}) ?? earlier.present) : undefined);
  const kept = present !== undefined && earlier.imageGone ? { ...present, image: { ...present.image, id: '' } } : present;
  const profile = asked ?? network(present?.network ?? observed.volume?.labels[LABEL_NETWORK] ?? 'mainnet', files);
  const preset = request.preset === undefined ? undefined : presetOf(request.preset, files);
  const nominal = { http: HTTP_PORT, ws: WS_PORT, p2p: null };
  const { spec: judged, notes } = desiredSpec(
    {
      ...withPreset(request, preset),
      mode: request.mode,
      geth: provided?.geth ?? request.geth,
      imageRef: request.imageRef,
      imageSource: request.imageSource,
    },
    kept,
    profile,
    gatherBudgetHost(name, info, host, containers),
    present?.ports ?? nominal,
  );
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
  const around = { fileLimit: info.local ? host.engineFileLimit() : undefined, nodectlVersion: VERSION };
  const desired = { name, spec: pinned, container: containerSpec(name, pinned, profile, around), swapAccounting: info.enforces.swap };
  return {
    desired,
    profile,
    observed,
    present,
    plan: planUp(desired, observed, now),
    notes: [...notes, ...storageNote(pinned), ...consensusNote(profile)],
  };
}

function network(nameOrPath: string, files: ProfileFiles): NetworkProfile {
  const { path, document } = files.read(nameOrPath);
  return readNetwork(path, document);
}

function presetOf(nameOrPath: string, files: ProfileFiles): Preset {
  const { path, document } = files.read(nameOrPath);
  return readPreset(path, document);
}

/** An option said by itself wins over the preset. */
function withPreset(request: UpRequest, preset: Preset | undefined) {
  const size = (text: string | undefined, what: string) => (text === undefined ? undefined : parseSize(text, what));
  return {
    memory: request.memory ?? size(preset?.memory, 'memory'),
    swap: request.swap ?? size(preset?.swap, 'swap'),
    cpus: request.cpus ?? preset?.cpus,
    storage: request.storage ?? size(preset?.storage, 'storage'),
    extra: request.extra,
    force: request.force,
  };
}

function storageNote({ storage }: NodeSpec): readonly string[] {
  return storage === null ? [] : ['The storage limit is not enforced: nothing yet keeps the chain volume to that size.'];
}

function consensusNote(profile: NetworkProfile): readonly string[] {
  if (profile.consensus === 'none') return [];
  return [`geth alone does not follow ${profile.name}: it needs a consensus client, which nodectl does not run yet.`];
}
