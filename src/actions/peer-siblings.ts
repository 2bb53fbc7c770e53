import { NodectlError } from '../errors.ts';
import { addressFor, enodeAt, enodeKey } from '../node/enode-address.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { changePeers, WHO_AND_PEERS } from '../node/peer-questions.ts';
import { areSiblings, isDialled } from '../node/siblings.ts';
import type { ContainerSummary, ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { rememberPeers } from './remember-peers.ts';
import { untilConnected } from './until-connected.ts';

/** Another running node of the same private chain on this engine. */
export interface Sibling {
  readonly node: string;
  /** False also when it did not answer. */
  readonly connected: boolean;
}

interface Known {
  readonly node: string;
  readonly container: ObservedContainer;
  /** Where `name` reaches it. */
  readonly enode: string;
}

/** Milliseconds for the connections to come about; a static peer is dialled at once. */
const PATIENCE = 5_000;

/**
 * Makes a private chain's running nodes on this engine each other's peers, now and after a restart, at their present addresses:
 * an engine gives a container another one whenever it starts. Never throws a NodectlError: a node without peers is a node.
 */
export async function peerSiblings(name: string, engine: Engine, clock: Clock): Promise<readonly Sibling[]> {
  const own = await engine.inspect(partNames(name).container).catch(unless);
  if (own === undefined || own.state !== 'running') return [];
  const all = (await engine.list().catch(unless)) ?? [];
  const others = all.filter((other) => isNode(other) && other.labels[LABEL_NODE] !== name && areSiblings(own.labels, other.labels));
  if (others.length === 0) return [];
  const met = (await introduce(name, own, others, engine, clock).catch(unless)) ?? new Set();
  return others.map(({ labels }) => ({ node: labels[LABEL_NODE] ?? '', connected: met.has(labels[LABEL_NODE] ?? '') }));
}

/**
 * Tells a node that is about to start where its running siblings are now: an address of before may be another's, and geth
 * dials the same node again only after 35 s. A light client is told of none: geth dials the peers of its file before its
 * light protocol takes any, refuses them (1.12.0, les/vflux/client/serverpool.go: "server pool not started yet") and then
 * waits those 35 s; it gets them once it answers. Never throws a NodectlError.
 */
export async function findSiblings(container: ObservedContainer, engine: Engine): Promise<void> {
  const name = container.labels[LABEL_NODE] ?? '';
  const all = (await engine.list().catch(unless)) ?? [];
  const enodes: string[] = [];
  for (const other of all) {
    if (!isNode(other) || other.labels[LABEL_NODE] === name || !areSiblings(container.labels, other.labels)) continue;
    if (!isDialled(other.labels)) continue;
    const sibling = await engine.inspect(other.id).catch(unless);
    const answer = sibling && (await askIpc(sibling.id, WHO_AND_PEERS, engine).catch(unless));
    const enode = sibling && answer && enodeAt(answer.info, addressFor(sibling));
    if (enode !== undefined) enodes.push(enode);
  }
  const change = isDialled(container.labels) ? { add: enodes } : { remove: enodes };
  if (enodes.length > 0) await rememberPeers(name, container, change, engine).catch(unless);
}

/** The names of those that are connected. */
async function introduce(
  name: string,
  own: ObservedContainer,
  others: readonly ContainerSummary[],
  engine: Engine,
  clock: Clock,
): Promise<ReadonlySet<string>> {
  const { info } = await askIpc(own.id, WHO_AND_PEERS, engine);
  const known: Known[] = [];
  for (const other of others) {
    const container = await engine.inspect(other.id).catch(unless);
    const ours = container && enodeAt(info, addressFor(own, container));
    if (container === undefined || ours === undefined) continue;
    const added = isDialled(own.labels) ? [ours] : [];
    const answer = await askIpc(container.id, changePeers('add', added), engine).catch(unless);
    const enode = answer && enodeAt(answer.info, addressFor(container, own));
    if (enode === undefined) continue;
    const node = other.labels[LABEL_NODE] ?? '';
    known.push({ node, container, enode });
    await rememberPeers(node, container, { add: added }, engine).catch(unless);
  }
  const dialled = known.filter(({ container }) => isDialled(container.labels)).map(({ enode }) => enode);
  await askIpc(own.id, changePeers('add', dialled), engine);
  await rememberPeers(name, own, { add: dialled }, engine).catch(unless);
  const enodes = known.map(({ enode }) => enode);
  const keys = await untilConnected(own.id, enodes, PATIENCE, engine, clock);
  return new Set(known.filter(({ enode }) => keys.has(enodeKey(enode))).map(({ node }) => node));
}

function isNode({ name, labels, state }: ContainerSummary): boolean {
  return state === 'running' && name === partNames(labels[LABEL_NODE] ?? '').container;
}

function unless(thrown: unknown): undefined {
  if (!(thrown instanceof NodectlError)) throw thrown;
}
