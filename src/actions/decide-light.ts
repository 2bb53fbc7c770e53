import { NodectlError } from '../errors.ts';
import type { ChainRecord } from '../node/chain-record.ts';
import type { BeaconFiles } from '../node/consensus/private-beacon.ts';
import { ENDPOINTS_FILE } from '../node/container-paths.ts';
import type { Surroundings } from '../node/container-safety.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { plainSecretNotes } from '../node/endpoints/plain-secret.ts';
import { endpointBookText } from '../node/endpoints/read-endpoint-book.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import { chooseBackend, desiredLight } from '../node/light/desired-light.ts';
import type { LightBackend } from '../node/light/light-backend.ts';
import { lightContainer } from '../node/light/light-container.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { readLightFile } from '../node/light/read-light-file.ts';
import { partNames, secretVolume } from '../node/names.ts';
import { planUp } from '../node/plan.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ContainerSummary, ObservedNode } from '../ports/containers.ts';
import { choosePorts } from './choose-ports.ts';
import type { Decision, Standing } from './decide-node.ts';
import { bookText, readBook, refuseForgotten } from './endpoint-book.ts';
import { gatherBudgetHost } from './gather-host.ts';
import { isLone, lightEndpointNotes, type NamedEndpoints } from './light-asker.ts';
import { askedLimits } from './preset-limits.ts';
import { readFromVolume } from './read-from-volume.ts';
import type { ProvidedImages, UpRequest } from './up-request.ts';

/** What one look of `up` knows when it turns out that the node shall be a light client of a beacon chain. */
export interface LightQuestion {
  readonly request: UpRequest;
  readonly name: string;
  readonly profile: NetworkProfile;
  readonly beacon: BeaconFiles | undefined;
  readonly observed: ObservedNode;
  readonly containers: readonly ContainerSummary[];
  readonly present: NodeSpec | undefined;
  readonly begun: ChainRecord | undefined;
  /** An image that exists on the engine, to look into volumes with. */
  readonly image: string | undefined;
  readonly provided: ProvidedImages['execution'];
  readonly around: Surroundings;
}

/**
 * Decides a node that is a verifying light client, in geth's place. Servers are asked before anything is made, and again whenever
 * its container would start: its root is to be fresh. ENDPOINTS_REFUSED, and the refusals of desired-light.
 */
export async function decideLight(question: LightQuestion, ground: Standing, now: number): Promise<Decision> {
  const { request, name, profile, present, observed } = question;
  const backend = chooseBackend(request.lightBackend, present, profile);
  const looker = question.image ?? (await ground.engine.image(request.imageRef ?? backend.image.reference))?.id;
  const keepsBook = observed.volumes.some((seen) => seen.name === secretVolume(name));
  const named = await namedEndpoints(question, looker, keepsBook, ground);
  const own = { execution: named.executionRpcs.length > 0, beacon: named.beaconApis.length > 0 };
  const kept = present?.light ?? undefined;
  const shown = {
    executionRpcs: own.execution ? named.executionRpcs.map(shownEndpoint) : (kept?.executionRpcs ?? []),
    beaconApis: own.beacon ? named.beaconApis.map(shownEndpoint) : (kept?.beaconApis ?? []),
  };
  const before = await decideWith(
    { ...question, image: looker, keepsBook },
    backend,
    { backend: backend.name, ...shown, own },
    [],
    named,
    ground,
    now,
  );
  // Whom it may ask is in a volume that needs an image to be read: nobody is asked before.
  const blind = keepsBook && looker === undefined;
  if (!blind && kept !== undefined) refuseForgotten(name, kept.own, named);
  if (blind || !before.plan.steps.some(({ kind }) => kind === 'start-container')) return { ...before, profile, observed, present };

  const found = await ground.askLight(named, profile, request.force || (request.beaconApis.length === 0 && isLone(named)));
  const light: LightSpec = {
    backend: backend.name,
    executionRpcs: found.executionRpcs.map(shownEndpoint),
    beaconApis: found.beaconApis.map(shownEndpoint),
    own,
  };
  const whole = [...named.executionRpcs, ...named.beaconApis];
  const config = backend.configFile({
    network: profile.private === undefined ? profile.name : null,
    chainConfig: profile.private === undefined ? null : await chainConfig({ ...question, image: looker }, backend, ground),
    trustedRoot: found.root,
    executionRpcs: found.executionRpcs,
    beaconApis: found.beaconApis,
    discreet: whole.some((url) => shownEndpoint(url) !== url),
  });
  const asked = await decideWith({ ...question, image: looker, keepsBook }, backend, light, [config], named, ground, now);
  const notes = [...asked.notes, ...plainSecretNotes(whole), ...lightEndpointNotes(light, own, found), ...backend.limits];
  return { ...asked, profile, observed, present, notes };
}

async function decideWith(
  {
    request,
    name,
    profile,
    observed,
    containers,
    present,
    begun,
    image,
    keepsBook,
    provided,
    around,
  }: LightQuestion & { readonly keepsBook: boolean },
  backend: LightBackend,
  light: LightSpec,
  files: DesiredNode['files'],
  named: NamedEndpoints,
  { engine, info, host, files: profiles }: Standing,
  now: number,
): Promise<Pick<Decision, 'desired' | 'plan' | 'notes'>> {
  const { container } = partNames(name);
  const running = observed.container?.state === 'running';
  const asked = { asked: request.port, present: present?.ports, peers: false, container, running };
  const judged = desiredLight(
    { ...request, ...askedLimits(request, profiles) },
    present,
    profile,
    gatherBudgetHost(name, info, host, containers),
    present?.ports ?? { http: 0, ws: 0, p2p: null },
    backend,
    light,
  );
  const ports = await choosePorts(asked, engine, info, host);
  const pinned = provided === undefined || judged.spec.image.id !== '' ? judged.spec.image : provided.image;
  const spec = { ...judged.spec, image: pinned, ports: { ...ports, p2p: null } };
  const book = await bookFile(name, named, keepsBook ? image : undefined, engine);
  const desired: DesiredNode = {
    name,
    spec,
    container: lightContainer(name, spec, backend, around),
    swapAccounting: info.enforces.swap,
    chain: begun ?? { v: 1, network: spec.network, custom: spec.custom, geth: '', scheme: null, history: 'all' },
    files,
    newPassword: false,
    refresh: refreshCause(observed, present, book.length > 0),
    beside: undefined,
    secret: named.executionRpcs.length + named.beaconApis.length === 0 ? undefined : { files: book, makesKey: false },
  };
  return { desired, plan: planUp(desired, observed, now), notes: judged.notes };
}

/** Why a container that stays is given its files anew, which it reads only when it starts. */
function refreshCause({ container }: ObservedNode, present: NodeSpec | undefined, otherServers: boolean): string | undefined {
  if (container === undefined || present?.light == null) return undefined;
  if (container.state === 'running') return otherServers ? 'other servers were named' : undefined;
  return 'a light client begins at a fresh root';
}

/** Those of this run before those that the node was given earlier, which also outlive its container. */
async function namedEndpoints(
  { request, name }: LightQuestion,
  image: string | undefined,
  keepsBook: boolean,
  { engine }: Standing,
): Promise<NamedEndpoints> {
  const { executionRpcs, beaconApis } = request;
  if (!keepsBook || (executionRpcs.length > 0 && beaconApis.length > 0)) return { executionRpcs, beaconApis };
  const book = await readBook(name, image, engine);
  return {
    executionRpcs: executionRpcs.length > 0 ? executionRpcs : (book?.executionRpcs ?? []),
    beaconApis: beaconApis.length > 0 ? beaconApis : (book?.beaconApis ?? []),
  };
}

/** The endpoint book, where it is another than the node has. */
async function bookFile(name: string, named: NamedEndpoints, image: string | undefined, engine: Standing['engine']) {
  if (named.executionRpcs.length + named.beaconApis.length === 0) return [];
  const { executionRpcs, beaconApis } = named;
  const content = endpointBookText({ v: 1, executionRpcs: [...executionRpcs], beaconApis: [...beaconApis], checkpoints: [] });
  return (await bookText(name, image, engine)) === content ? [] : [{ path: ENDPOINTS_FILE, content, mode: 0o600 }];
}

/** The beacon chain's own configuration: of the profile named in this run, else of the file that the node has. */
async function chainConfig({ beacon, name, image, profile }: LightQuestion, backend: LightBackend, { engine }: Standing): Promise<string> {
  if (beacon !== undefined) return new TextDecoder().decode(beacon.config.bytes);
  const { path } = backend.configFile({
    network: null,
    chainConfig: null,
    trustedRoot: '',
    executionRpcs: [],
    beaconApis: [],
    discreet: true,
  });
  const known = readLightFile(await readFromVolume({ node: name, volume: partNames(name).volume, image }, path, engine));
  if (known !== undefined) return known;
  throw new NodectlError('USAGE', `The beacon chain of ${profile.name} is not known here.`, {
    hint: 'Name its profile with --network FILE, which names the configuration under `beacon`.',
  });
}
