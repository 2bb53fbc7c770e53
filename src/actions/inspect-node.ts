import { NodectlError } from '../errors.ts';
import { engineQuota } from '../host/storage/quota-kind.ts';
import { readClient } from '../node/consensus/read-client.ts';
import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';
import { addressFor, enodeAt, publishedEnode } from '../node/enode-address.ts';
import { LABEL_ROLE } from '../node/labels.ts';
import { chainNetworkName } from '../node/names.ts';
import { containerFacts, limitFacts, type NodeStatus, publishedUrl } from '../node/node-status.ts';
import { WHO_AND_PEERS } from '../node/peer-questions.ts';
import { presentSpec } from '../node/present.ts';
import { redactArguments } from '../node/redact-arguments.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { StopReason } from '../node/stop-reason.ts';
import type { StorageFacts } from '../node/storage/storage-facts.ts';
import { volumeStorage } from '../node/storage/volume-storage.ts';
import type { ObservedContainer, ObservedVolume, PortBinding } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { requireRoomForAttach } from './require-room-for-attach.ts';
import { seeStorage, storagePlace } from './see-storage.ts';
import { stopReasonOf } from './stop-reason-of.ts';

/** One container of a node. */
export type InspectedContainer = NodeStatus['container'] & {
  readonly image: { readonly ref: string; readonly id: string };
  readonly args: readonly string[];
  readonly limits: NodeStatus['limits'];
  readonly ports: readonly PortBinding[];
  readonly mounts: readonly { readonly volume: string; readonly target: string }[];
  /** IPv4 by network of the engine; none while it is not running. */
  readonly addresses: Readonly<Record<string, string>>;
};

/** Everything known of a node as data; null = not known or not there. Values of geth flags that hold secrets are `***`. */
export interface NodeInspection {
  readonly node: string;
  readonly network: string | null;
  readonly chainId: number | null;
  /** Of a private chain: the digest of its genesis, and the engine's network that its nodes share. */
  readonly genesis: string | null;
  readonly chainNetwork: string | null;
  readonly spec: NodeSpec | null;
  readonly container: InspectedContainer | null;
  /** Why it was stopped in good order for want of room; null where it was not. */
  readonly stoppedFor: StopReason | null;
  /** The consensus client's container; null where the node has none. */
  readonly consensus: InspectedContainer | null;
  readonly volume: {
    readonly name: string;
    /** Path on the engine's host. */
    readonly mountpoint: string;
    readonly createdAt: string;
    readonly labels: Readonly<Record<string, string>>;
  } | null;
  /** Every volume of the node; of the one with its keys and addresses no more than its name. */
  readonly volumes: readonly { readonly name: string; readonly role: string | null; readonly mountpoint: string | null }[];
  /** The size of the chain volume and what is seen to keep it; null without a container. */
  readonly storage: StorageFacts | null;
  readonly endpoints: { readonly http: string | null; readonly ws: string | null };
  /** At the container's address: for containers of the same network and for the engine's host. */
  readonly enode: string | null;
  /** At the address geth knows itself by in the world, where its P2P port is published. */
  readonly publishedEnode: string | null;
  /** Why there is no enode. */
  readonly enodeMissing: string | null;
}

/** Of the log of a node that ended. */
const ANSWER_MS = 5_000;

type Enodes = Pick<NodeInspection, 'enode' | 'publishedEnode' | 'enodeMissing'>;

/** Inspects one node, running or not. NO_SUCH_NODE, NODE_AMBIGUOUS. */
export async function inspectNode(request: { readonly node?: string | undefined }, world: World): Promise<NodeInspection> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const { container, consensus, volume, volumes } = await findNode(node, engine);
  const spec = presentSpec(container, consensus) ?? null;
  const client = spec?.consensus?.kind === 'client' ? spec.consensus : consensus && readClient(consensus.labels);
  const now = world.clock.now();
  const genesis = spec?.custom?.private?.genesis ?? null;
  return {
    node,
    network: spec?.network ?? null,
    chainId: spec?.chainId ?? null,
    genesis,
    chainNetwork: genesis === null ? null : chainNetworkName(genesis),
    spec: spec && { ...spec, extra: [...redactArguments(spec.extra)] },
    container: container === undefined ? null : shown(container, spec?.image.ref, now),
    stoppedFor: (container && (await stopReasonOf(node, container, now + ANSWER_MS, engine, world))) ?? null,
    consensus: consensus === undefined ? null : shown(consensus, client?.image.ref, now),
    volume:
      volume === undefined
        ? null
        : { name: volume.name, mountpoint: volume.mountpoint, createdAt: new Date(volume.createdAt).toISOString(), labels: volume.labels },
    volumes: volumes.map(({ name, labels, mountpoint }) => {
      const role = labels[LABEL_ROLE] ?? null;
      return { name, role, mountpoint: role === 'secret' ? null : mountpoint };
    }),
    storage: container === undefined || spec === null ? null : await storageOf(node, container, volume, spec, world),
    endpoints: { http: publishedUrl(container?.ports ?? [], HTTP_PORT), ws: publishedUrl(container?.ports ?? [], WS_PORT) },
    ...(await enodesOf(node, container, world)),
  };
}

async function storageOf(
  node: string,
  container: ObservedContainer,
  volume: ObservedVolume | undefined,
  spec: NodeSpec,
  world: World,
): Promise<StorageFacts> {
  const info = await (await world.engine()).info();
  const kept = volume && volumeStorage(volume);
  const option = kept?.mode === 'quota' ? { bytes: kept.bytes, kind: engineQuota(info) } : undefined;
  return seeStorage(spec, { ...storagePlace(node, container, info.local), option }, world);
}

function shown(container: ObservedContainer, imageRef: string | undefined, now: number): InspectedContainer {
  const { imageId, args, ports, addresses, mounts } = container;
  return {
    ...containerFacts(container, now),
    image: { ref: imageRef ?? container.imageRef, id: imageId },
    args: redactArguments(args),
    limits: limitFacts(container),
    ports,
    mounts: mounts.map(({ volume, target }) => ({ volume, target })),
    addresses,
  };
}

async function enodesOf(node: string, container: ObservedContainer | undefined, world: World): Promise<Enodes> {
  const missing = (enodeMissing: string): Enodes => ({ enode: null, publishedEnode: null, enodeMissing });
  if (container === undefined) return missing('it has no container');
  if (container.state !== 'running') return missing(`it is not running (${container.state})`);
  if (container.labels[LABEL_ROLE] === 'light') return missing('a light client has no peers');
  try {
    await requireRoomForAttach({ node, container }, world);
    const { info } = await askIpc(container.id, WHO_AND_PEERS, await world.engine());
    if (info.ports.listener === 0) return missing('it has no peers: geth does not listen for any');
    const enode = enodeAt(info, addressFor(container));
    if (enode === undefined) return missing('its container has no address');
    return { enode, publishedEnode: publishedEnode(info, container) ?? null, enodeMissing: null };
  } catch (thrown) {
    if (!(thrown instanceof NodectlError)) throw thrown;
    return missing([thrown.message, thrown.facts.geth].filter(Boolean).join(' '));
  }
}
