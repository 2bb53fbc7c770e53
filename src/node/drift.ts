import type { ContainerSpec, ObservedContainer } from '../ports/containers.ts';
import { presentSpec } from './present.ts';
import { formatSize } from './size.ts';
import type { NodeSpec } from './spec.ts';
import { wordsDifference } from './words-difference.ts';

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
  const swap = swapAccounting ? spec.swap : present.swap;
  const rows: [string, string, string, boolean][] = [
    ['mode', present.mode, spec.mode, false],
    ['history', present.history, spec.history, false],
    ['mining', present.mining?.etherbase ?? 'none', spec.mining?.etherbase ?? 'none', false],
    ['light clients', String(present.lightPeers), String(spec.lightPeers), false],
    ['geth', present.geth, spec.geth, false],
    ['image', imageText(present), imageText(spec), false],
    ['memory', ...sizeTexts(present.memory, spec.memory), true],
    ['swap', ...sizeTexts(present.swap, swap), true],
    // The engine counts in billionths.
    ['cpus', String(present.cpus), String(desired.limits.nanoCpus / 1e9), true],
    ['pids', String(container.limits.pids), String(desired.limits.pids), true],
    ['storage', ...sizeTexts(present.storage, spec.storage), false],
    ['ports', portsText(present.ports), portsText(spec.ports), false],
    ['geth arguments', ...wordsDifference(container.args, desired.args), false],
    ['environment', environment(container.env, desired.env), environment(desired.env, desired.env), false],
    ['stop timeout', `${container.stopTimeoutSeconds} s`, `${desired.stopTimeoutSeconds} s`, false],
  ];
  return rows.filter(([, from, to]) => from !== to).map(([field, from, to, live]) => ({ field, from, to, live }));
}

/** An image that is still to be provided is told by its reference: its id is not known yet. */
function imageText(spec: NodeSpec): string {
  return spec.image.id === '' ? spec.image.ref : `${spec.image.ref} (${spec.image.id.slice(0, 19)})`;
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
