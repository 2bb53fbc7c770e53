import type { ContainerState, ObservedContainer, PortBinding } from '../ports/containers.ts';
import type { ConsensusStatus } from './consensus/consensus-status.ts';
import type { Share } from './consensus/split-budget.ts';
import { type HTTP_PORT, WS_PORT } from './container-paths.ts';
import { enforcementWarning, judgeEnforcement } from './enforcement.ts';
import type { LightStatus } from './light/light-status.ts';
import { presentSpec } from './present.ts';
import type { Head, RpcFacts } from './rpc-facts.ts';
import type { NodeSpec } from './spec.ts';
import type { StorageFacts } from './storage/storage-facts.ts';
import type { SyncState } from './sync-state.ts';

/** What `status` tells; null = not known, and then a note says why. Instants are ISO 8601, sizes bytes. */
export interface NodeStatus {
  readonly node: string;
  readonly healthy: boolean;
  readonly network: string | null;
  readonly chainId: number | null;
  readonly mode: string | null;
  readonly container: {
    readonly name: string;
    readonly id: string;
    readonly state: ContainerState;
    /** Null while it runs and before it ran. */
    readonly exitCode: number | null;
    readonly oomKilled: boolean;
    /** The engine's own words when a start failed. */
    readonly error: string | null;
    readonly restartCount: number;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    readonly uptimeMs: number | null;
  };
  readonly geth: {
    /** The version the node was made with. */
    readonly version: string | null;
    /** What the node itself answers. */
    readonly answersAs: string | null;
  };
  readonly image: {
    readonly ref: string;
    readonly id: string;
    /** The registry's digest; null for an image that was built or loaded here. */
    readonly digest: string | null;
    readonly origin: NodeSpec['image']['origin'] | null;
  };
  /** What the engine holds; null = no limit. */
  readonly limits: {
    readonly memoryBytes: number | null;
    /** Swap beyond memory. */
    readonly swapBytes: number | null;
    readonly cpus: number | null;
    readonly pids: number | null;
  };
  readonly use: NodeUse;
  /** The size of the chain volume and what keeps it; null where it was not looked at. */
  readonly storage: StorageFacts | null;
  readonly ports: readonly PortBinding[];
  readonly endpoints: { readonly http: string | null; readonly ws: string | null };
  readonly sync: SyncState;
  /** `ageMs` is null for a genesis block that bears no time of its own (mainnet, dev). */
  readonly head: { readonly number: number; readonly hash: string; readonly time: string; readonly ageMs: number | null } | null;
  readonly finalized: number | null;
  readonly peers: number | null;
  readonly txpool: { readonly pending: number; readonly queued: number } | null;
  /** The consensus client in a container of its own; null where the node shall have none. What stands above is of geth. */
  readonly consensus: ConsensusStatus | null;
  /** The light client in geth's place; null where geth runs. */
  readonly light: LightStatus | null;
  /** Why a part of it died, in the words of `diagnose`; null where none did, or nobody judged. */
  readonly death: {
    /** `oom.limit` */
    readonly verdict: string;
    /** The exit code of `diagnose`. */
    readonly code: number;
    readonly confidence: string;
    readonly meaning: string;
  } | null;
  readonly notes: readonly string[];
}

export interface NodeUse {
  readonly memoryBytes: number | null;
  readonly swapBytes: number | null;
  /** CPUs on average since the container's start. */
  readonly cpusAverage: number | null;
  /** What the chain volume allocates. */
  readonly diskBytes: number | null;
  readonly source: 'kernel' | 'engine' | null;
}

/** The container's side of a status. */
export function containerFacts(container: ObservedContainer, now: number): NodeStatus['container'] {
  const { name, id, state, oomKilled, restartCount } = container;
  const instant = (at: number) => (at === 0 ? null : new Date(at).toISOString());
  const alive = state === 'running' || state === 'paused';
  return {
    name,
    id,
    state,
    exitCode: alive || container.startedAt === 0 ? null : container.exitCode,
    oomKilled,
    error: container.error === '' ? null : container.error,
    restartCount,
    createdAt: new Date(container.createdAt).toISOString(),
    startedAt: instant(container.startedAt),
    finishedAt: alive ? null : instant(container.finishedAt),
    uptimeMs: alive ? Math.max(0, now - container.startedAt) : null,
  };
}

/** Network, version and image as the node was made, from its label. */
export function specFacts(
  container: ObservedContainer,
): Pick<NodeStatus, 'network' | 'chainId' | 'mode' | 'image'> & { version: string | null } {
  const spec = presentSpec(container);
  return {
    network: spec?.network ?? null,
    chainId: spec?.chainId ?? null,
    mode: spec?.mode ?? null,
    version: spec?.geth || null,
    image: {
      ref: spec?.image.ref ?? container.imageRef,
      id: container.imageId,
      digest: spec?.image.digest ?? null,
      origin: spec?.image.origin ?? null,
    },
  };
}

export function limitFacts({ limits }: ObservedContainer): NodeStatus['limits'] {
  const { memory, memorySwap, nanoCpus, pids } = limits;
  return {
    memoryBytes: memory > 0 ? memory : null,
    swapBytes: memory > 0 && memorySwap >= memory ? memorySwap - memory : null,
    cpus: nanoCpus > 0 ? nanoCpus / 1e9 : null,
    pids: pids > 0 ? pids : null,
  };
}

/** Where a container's port is reached from the engine's host; null when it is not published. */
export function publishedUrl(ports: readonly PortBinding[], containerPort: typeof HTTP_PORT | typeof WS_PORT): string | null {
  const port = ports.find((binding) => binding.containerPort === containerPort && binding.protocol === 'tcp');
  if (port === undefined) return null;
  const anywhere = port.hostIp === '' || port.hostIp === '0.0.0.0' || port.hostIp === '::';
  const host = anywhere ? '127.0.0.1' : port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp;
  return `${containerPort === WS_PORT ? 'ws' : 'http'}://${host}:${port.hostPort}`;
}

/** Sentences for limits that the kernel does not hold as the container was made; none where its files cannot be seen. */
export function enforcementNotes(
  container: ObservedContainer,
  share: Share | undefined,
  kernel: Parameters<typeof judgeEnforcement>[1],
): readonly string[] {
  if (kernel === undefined || share === undefined) return [];
  const { memory, swap, cpus } = share;
  const wanted = { memory, memorySwap: memory + swap, nanoCpus: cpus * 1e9, pids: container.limits.pids };
  const enforces = { memory: true, swap: true, cpu: true, pids: true };
  return judgeEnforcement(wanted, kernel, { limits: container.limits, enforces })
    .filter((row) => !row.enforced && row.wanted > 0)
    .map(enforcementWarning);
}

export function headFacts(head: Head | undefined, now: number): NodeStatus['head'] {
  if (head === undefined) return null;
  const { number, hash, time } = head;
  return { number, hash, time: new Date(time).toISOString(), ageMs: time === 0 ? null : Math.max(0, now - time) };
}

/** What the node said of itself. */
export function answerFacts(rpc: RpcFacts | undefined, now: number): Pick<NodeStatus, 'head' | 'finalized' | 'peers' | 'txpool'> {
  return {
    head: headFacts(rpc?.head, now),
    finalized: rpc?.finalized ?? null,
    peers: rpc?.peers ?? null,
    txpool: rpc?.txpool ?? null,
  };
}
