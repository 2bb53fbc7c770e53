import type { ContainerSpec, ObservedContainer } from '../ports/containers.ts';
import type { ClientSpec } from './consensus/consensus-spec.ts';
import { readClient } from './consensus/read-client.ts';
import { executionShare } from './consensus/split-budget.ts';
import type { DesiredClient } from './desired-node.ts';
import type { ImageSpec } from './image-spec.ts';
import { presentClient, presentSpec } from './present.ts';
import { chainPhrases } from './private-chain.ts';
import { formatSize } from './size.ts';
import type { NodeSpec } from './spec.ts';
import { phrasesDifference, wordsDifference } from './words-difference.ts';

/** One field in which a container differs from what its node shall be. */
export interface Drift {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  /** True when the engine can change it on the living container. */
  readonly live: boolean;
}

/** Every field in which `container` differs from the desired spec and container; empty when `up` has nothing to do. */
export function findDrift(spec: NodeSpec, desired: ContainerSpec, container: ObservedContainer, swapAccounting: boolean): readonly Drift[] {
  const present = presentSpec(container);
  if (present === undefined) {
    return [{ field: 'spec', from: 'a label this version cannot read', to: 'a label of this version', live: false }];
  }
  const [had, wanted] = [executionShare(present), executionShare(spec)];
  const swap = swapAccounting ? wanted.swap : had.swap;
  const rows: Row[] = [
    ['mode', present.mode, spec.mode, false],
    ['history', present.history, spec.history, false],
    ['mining', present.mining?.etherbase ?? 'none', spec.mining?.etherbase ?? 'none', false],
    ['light clients', String(present.lightPeers), String(spec.lightPeers), false],
    ['geth', present.geth, spec.geth, false],
    ['image', imageText(present), imageText(spec), false],
    ['memory', ...sizeTexts(had.memory, wanted.memory), true],
    ['swap', ...sizeTexts(had.swap, swap), true],
    // The engine counts in billionths.
    ['cpus', String(had.cpus), String(desired.limits.nanoCpus / 1e9), true],
    ['pids', String(container.limits.pids), String(desired.limits.pids), true],
    ['consensus', consensusText(present), consensusText(spec), false],
    ['network', ...phrasesDifference(networkPhrases(present), networkPhrases(spec)), false],
    ['light client', present.light?.backend ?? 'none', spec.light?.backend ?? 'none', false],
    // A filesystem of its own grows by itself; the container knows nothing of it.
    ['storage', ...sizeTexts(spec.storageMode === 'sized' ? spec.storage : present.storage, spec.storage), false],
    ['storage mode', present.storageMode ?? spec.storageMode ?? 'none', spec.storageMode ?? 'none', false],
    ['ports', portsText(present.ports), portsText(spec.ports), false],
    ['geth arguments', ...wordsDifference(container.args, desired.args), false],
    ...madeWith(container, desired),
  ];
  return differing(rows);
}

/** The same for a node's consensus client, whose fields are named so. */
export function findClientDrift(desired: DesiredClient, container: ObservedContainer, swapAccounting: boolean): readonly Drift[] {
  const { spec } = desired;
  const told = readClient(container.labels);
  if (told === undefined) {
    return [{ field: 'consensus spec', from: 'a label this version cannot read', to: 'a label of this version', live: false }];
  }
  const present = presentClient(told, container);
  const rows: Row[] = [
    ['client', present.client, spec.client, false],
    ['image', imageText(present), imageText(spec), false],
    ['memory', ...sizeTexts(present.memory, spec.memory), true],
    ['swap', ...sizeTexts(present.swap, swapAccounting ? spec.swap : present.swap), true],
    ['cpus', String(present.cpus), String(desired.container.limits.nanoCpus / 1e9), true],
    ['pids', String(container.limits.pids), String(desired.container.limits.pids), true],
    ['ports', clientPorts(present), clientPorts(spec), false],
    ['network configuration', shortDigest(present.networkConfig), shortDigest(spec.networkConfig), false],
    ['checkpoints', present.checkpoints.join(' '), spec.checkpoints.join(' '), false],
    ['arguments', ...wordsDifference(container.args, desired.container.args), false],
    ...madeWith(container, desired.container),
  ];
  return differing(rows).map((row) => ({ ...row, field: `consensus ${row.field}` }));
}

type Row = [field: string, from: string, to: string, live: boolean];

function differing(rows: readonly Row[]): readonly Drift[] {
  return rows.filter(([, from, to]) => from !== to).map(([field, from, to, live]) => ({ field, from, to, live }));
}

function madeWith(container: ObservedContainer, desired: ContainerSpec): readonly Row[] {
  return [
    ['environment', environment(container.env, desired.env), environment(desired.env, desired.env), false],
    ['stop timeout', `${container.stopTimeoutSeconds} s`, `${desired.stopTimeoutSeconds} s`, false],
  ];
}

/** An image that is still to be provided is told by its reference: its id is not known yet. */
function imageText({ image }: { readonly image: ImageSpec }): string {
  return image.id === '' ? image.ref : `${image.ref} (${image.id.slice(0, 19)})`;
}

function consensusText({ consensus }: NodeSpec): string {
  if (consensus === null) return 'none';
  if (consensus.kind === 'external') return `external at ${consensus.engine.hostIp}:${consensus.engine.port}`;
  return consensus.kind === 'client' ? consensus.client : consensus.kind;
}

function networkPhrases({ custom, consensus, light }: NodeSpec): readonly string[] {
  return chainPhrases(custom?.private, consensus?.kind === 'builtin' || light !== null);
}

/** Of SHA-256, hex: enough to tell two files apart. */
function shortDigest(digest: string | null): string {
  return digest?.slice(0, 16) ?? 'unknown';
}

function clientPorts({ ports }: ClientSpec): string {
  return `rest ${ports.rest}${ports.p2p === null ? '' : `, p2p ${ports.p2p}`}`;
}

/** Two sizes as texts that are equal exactly when the sizes are. */
function sizeTexts(from: number | null, to: number | null): [string, string] {
  const texts = [from, to].map((size) => (size === null ? 'none' : formatSize(size)));
  const [left = '', right = ''] = from !== to && texts[0] === texts[1] ? [`${from} B`, `${to} B`] : texts;
  return [left, right];
}

function portsText(ports: NodeSpec['ports']): string {
  return `http ${ports.http}, ws ${ports.ws}${ports.p2p === null ? '' : `, p2p ${ports.p2p}`}`;
}

/** Only the names we set are ours to compare; the image brings others. */
function environment(actual: Readonly<Record<string, string>>, ours: Readonly<Record<string, string>>): string {
  return Object.keys(ours)
    .sort()
    .map((name) => `${name}=${actual[name] ?? ''}`)
    .join(' ');
}
