/** What a container and a volume are, in our own words. Sizes are bytes, instants are milliseconds since the epoch. */

export interface PortBinding {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Resource limits as the engine takes them. */
export interface ContainerLimits {
  readonly memory: number;
  /** Memory and swap together; equal to `memory` means no swap, -1 means unlimited. */
  readonly memorySwap: number;
  readonly nanoCpus: number;
  readonly pids: number;
}

/** Everything about a container that we decide; the engine adapter translates it and adds nothing. */
export interface ContainerSpec {
  readonly name: string;
  /** An image id (sha256:…) or a reference that is present on the engine. */
  readonly image: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
  readonly limits: ContainerLimits;
  /** How readily the kernel swaps this container out, 0 to 100; only cgroup v1 has it, elsewhere vm.swappiness holds by itself. */
  readonly swappiness?: number | undefined;
  /** Soft and hard limit of open files; left out, the engine's default holds. */
  readonly nofile?: number | undefined;
  readonly mounts: readonly { readonly volume: string; readonly target: string; readonly readOnly?: boolean }[];
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly ports: readonly PortBinding[];
  readonly stopTimeoutSeconds: number;
  /** Left out, the image's own word holds, else SIGTERM. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT' | undefined;
  /** Left out, the image's own. */
  readonly entrypoint?: readonly string[] | undefined;
  readonly restart: 'no' | 'on-failure';
  readonly log: { readonly maxSize: string; readonly maxFiles: number };
  readonly readOnlyRoot: boolean;
  /** Bytes of the container's own layer, where the engine's storage driver keeps to it; left out, no limit. */
  readonly layerSize?: number | undefined;
  /** 'none' cuts the container off; 'bridge' is the engine's default network; any other word is a network of that name. */
  readonly network: string;
}

export interface VolumeSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the engine's local driver: `type`, `device`, `o`, `size`; left out, a plain folder. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** A bridge network of the engine; its containers reach each other, and the host reaches them. */
export interface NetworkSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A file to be put into a container's own files or into a volume. Folders above it are made, with the same owner. */
export interface PlacedFile {
  /** Absolute inside the container, or relative to the volume's root. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Permission bits, for instance 0o600. */
  readonly mode: number;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** One container as the engine sees it now. */
export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly imageId: string;
  readonly imageRef: string;
  readonly state: ContainerState;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** The engine's own words when a start failed, else ''. */
  readonly error: string;
  readonly createdAt: number;
  /** 0 when it never started. */
  readonly startedAt: number;
  /** 0 when it never ended. */
  readonly finishedAt: number;
  readonly restartCount: number;
  /** The host's process id while it runs, else 0. */
  readonly pid: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly limits: ContainerLimits;
  readonly stopTimeoutSeconds: number;
  readonly mounts: readonly { readonly volume: string; readonly source: string; readonly target: string }[];
  readonly ports: readonly PortBinding[];
  readonly tty: boolean;
  /** How the engine keeps its output; a driver's options are its own words (`max-size`). */
  readonly log: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  /** The container's IPv4 address in each network it is in, by the network's name; '' while it is not running. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface ObservedVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Path on the engine's host. */
  readonly mountpoint: string;
  readonly driver: string;
  /** The words it was created with: `type`, `device`, `o`, `size`. */
  readonly options: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** What `ls` needs of a container, from the list call alone. */
export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: ContainerState;
  /** The engine's words, for instance `Exited (137) 2 minutes ago`. */
  readonly status: string;
  readonly createdAt: number;
  readonly ports: readonly PortBinding[];
}

/** A volume or a network under a name that a node needs, without the label that nodectl would have given it. */
export interface ForeignPart {
  readonly kind: 'volume' | 'network';
  readonly name: string;
}

/** What the engine has under one node's names and labels: one snapshot. */
export interface ObservedNode {
  /** The container under the node's name, ours or not. */
  readonly container: ObservedContainer | undefined;
  readonly volume: ObservedVolume | undefined;
  /** Further containers that carry the node's label: helpers that a killed nodectl left behind. */
  readonly leftovers: readonly ContainerSummary[];
  /** The consensus client's container beside geth; ours or not. */
  readonly consensus: ObservedContainer | undefined;
  /** Every volume that carries the node's label, its own included. */
  readonly volumes: readonly ObservedVolume[];
  /** Volumes and networks of somebody else under the names of the node's parts, its own volume's included, or of any private chain's network. */
  readonly foreign: readonly ForeignPart[];
}
