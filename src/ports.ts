/**
 * What nodectl needs of the world, in its own words. Adapters implement it, actions call it, pure code reads its types.
 * Sizes are bytes, instants are milliseconds since the epoch, durations are milliseconds unless a name says otherwise.
 */

/** Words of Go and of image manifests: amd64, arm64, riscv64 … */
export type Architecture = string;

/** The engine and the host it runs on, from one `GET /info` and `GET /version`. */
export interface EngineInfo {
  /** Where we reached it: unix:///var/run/docker.sock, tcp://host:2376 … */
  readonly endpoint: string;
  /** True when the engine shares this machine's kernel, so that /proc and /sys here speak of its containers. */
  readonly local: boolean;
  readonly hostname: string;
  readonly serverVersion: string;
  readonly apiVersion: string;
  readonly architecture: Architecture;
  readonly kernelVersion: string;
  readonly cpus: number;
  /** RAM of the engine's host. */
  readonly memory: number;
  readonly cgroupVersion: 1 | 2;
  /** The engine's own view: false means it discards the limit or, for swap, leaves it unlimited. */
  readonly enforces: { readonly memory: boolean; readonly swap: boolean; readonly cpu: boolean; readonly pids: boolean };
  readonly storageDriver: string;
  readonly rootDir: string;
  readonly rootless: boolean;
}

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
  /** Soft and hard limit of open files; left out, the engine's default holds. */
  readonly nofile?: number | undefined;
  readonly mounts: readonly { readonly volume: string; readonly target: string }[];
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly ports: readonly PortBinding[];
  readonly stopTimeoutSeconds: number;
  readonly restart: 'no' | 'on-failure';
  readonly log: { readonly maxSize: string; readonly maxFiles: number };
  readonly readOnlyRoot: boolean;
  /** 'none' cuts the container off; 'bridge' is the engine's default network. */
  readonly network: 'bridge' | 'none';
}

export interface VolumeSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
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
}

export interface ObservedVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Path on the engine's host. */
  readonly mountpoint: string;
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

/** What the engine has under one node's names and labels: one snapshot. */
export interface ObservedNode {
  /** The container under the node's name, ours or not. */
  readonly container: ObservedContainer | undefined;
  readonly volume: ObservedVolume | undefined;
  /** Further containers that carry the node's label: helpers that a killed nodectl left behind. */
  readonly leftovers: readonly ContainerSummary[];
}

export interface ImageFacts {
  readonly id: string;
  /** Repository digests (`name@sha256:…`); empty for an image that was built or loaded here. */
  readonly digests: readonly string[];
  readonly tags: readonly string[];
  readonly architecture: Architecture;
  readonly os: string;
  readonly entrypoint: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly size: number;
}

/** A moment of a long transfer or build; `total` is 0 while unknown. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'packages' | 'seconds';
}
export type OnProgress = (progress: Progress) => void;

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** The engine's timestamp (RFC 3339 with nanoseconds) when it was asked for, else ''. */
  readonly time: string;
  readonly text: string;
}

export interface LogQuery {
  /** Last N lines; left out, all of them. */
  readonly tail?: number | undefined;
  /** Instant in ms. */
  readonly since?: number | undefined;
  readonly follow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExitFacts {
  readonly exitCode: number;
}

/** What a container uses now, by the engine's statistics. */
export interface EngineUsage {
  readonly memory: number;
  readonly swap: number | undefined;
  /** CPU time since the start, nanoseconds. */
  readonly cpuNanoseconds: number;
}

/** A Docker engine. Every method throws only NodectlError. */
export interface Engine {
  info(): Promise<EngineInfo>;

  /** One snapshot of what exists under a node's container name, volume name and label. */
  observe(node: { readonly name: string; readonly container: string; readonly volume: string }): Promise<ObservedNode>;
  /** Every container that carries the label `nodectl.node`. */
  list(): Promise<readonly ContainerSummary[]>;
  inspect(container: string): Promise<ObservedContainer | undefined>;
  /** Ports that any container on the engine publishes. */
  publishedPorts(): Promise<readonly (PortBinding & { readonly container: string })[]>;

  image(ref: string): Promise<ImageFacts | undefined>;
  /** Pulls with retry and a stall timeout; resolves when the image is present. */
  pullImage(ref: string, options: { readonly onProgress: OnProgress; readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Loads a docker-archive stream (`docker save` layout). */
  loadImage(archive: AsyncIterable<Uint8Array>, onProgress: OnProgress): Promise<void>;
  /** Runs the image once without network, volume or capabilities and gives what it printed; leaves nothing behind. */
  runOnce(
    image: string,
    args: readonly string[],
    labels: Readonly<Record<string, string>>,
  ): Promise<{ readonly exitCode: number; readonly output: string }>;

  /** Gives the existing volume of that name untouched when there is one. */
  createVolume(spec: VolumeSpec): Promise<void>;
  /** Makes uid:gid the owner of the volume's root, through a helper container that is never started. */
  ownVolume(request: {
    readonly volume: string;
    readonly image: string;
    readonly helper: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly uid: number;
    readonly gid: number;
  }): Promise<void>;
  removeVolume(name: string): Promise<void>;

  /** The new container's id. NAME_TAKEN when the name exists already. */
  createContainer(spec: ContainerSpec): Promise<string>;
  /** Starting what runs already is success. PORT_TAKEN when a published port is in use. */
  startContainer(container: string): Promise<void>;
  /** Stopping what is stopped already is success; waits until it ended. */
  stopContainer(container: string, timeoutSeconds: number): Promise<void>;
  /** Never removes a volume; removing what is gone already is success. CONVERGENCE_FAILED for what runs, without `force`. */
  removeContainer(container: string, options: { readonly force: boolean }): Promise<void>;
  /** NAME_TAKEN when the new name exists already, NO_SUCH_NODE when the container does not. */
  renameContainer(container: string, name: string): Promise<void>;
  updateLimits(container: string, limits: Partial<ContainerLimits>): Promise<void>;
  /** Resolves when the container is not running; undefined when it does not exist (any more). */
  waitForExit(container: string, signal?: AbortSignal): Promise<ExitFacts | undefined>;
  logs(container: string, query: LogQuery): AsyncIterable<LogLine>;
  usage(container: string): Promise<EngineUsage | undefined>;
  /** Bytes in a volume by the engine's own count (slow: it walks); undefined where the engine cannot tell. */
  volumeSize(volume: string): Promise<number | undefined>;
}

/** The limits the kernel holds for one process's cgroup; undefined = no such file or controller. */
export interface KernelLimits {
  readonly cgroupVersion: 1 | 2;
  /** Infinity = no limit. */
  readonly memory: number | undefined;
  /** Swap beyond memory; Infinity = no limit. */
  readonly swap: number | undefined;
  /** In CPUs; Infinity = no limit. */
  readonly cpus: number | undefined;
  readonly pids: number | undefined;
  /** The file each value was read from, by field name. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What one process's cgroup uses, by the kernel. */
export interface KernelUsage {
  readonly memory: number;
  readonly swap: number | undefined;
  readonly cpuNanoseconds: number;
}

export interface HostMemory {
  readonly total: number;
  readonly available: number;
  readonly swapTotal: number;
  readonly swapFree: number;
}

/** The machine nodectl itself runs on; it says nothing of a remote engine's host. */
export interface Host {
  memory(): HostMemory | undefined;
  /** The kernel's limits for the cgroup of a host process. */
  kernelLimits(pid: number): KernelLimits | undefined;
  kernelUsage(pid: number): KernelUsage | undefined;
  /** The hard limit of open files that the engine may hand on; undefined when it cannot be told. */
  engineFileLimit(): number | undefined;
  /** True when something listens there already. */
  portTaken(ip: string, port: number, protocol: 'tcp' | 'udp'): Promise<boolean>;
  /** Bytes allocated below a path; undefined when unreadable or not counted by the deadline, an instant. */
  directorySize(path: string, deadline: number): Promise<number | undefined>;
  /** Free bytes for an unprivileged user on the filesystem of a path. */
  diskFree(path: string): number | undefined;
}

/** One call's answer within a batch. */
export type RpcAnswer = { readonly result: unknown } | { readonly error: string };

export interface Rpc {
  /**
   * One HTTP POST for all calls. `failure` instead of answers when the endpoint gave none: it is data, not an exception,
   * because a node that does not answer is an ordinary thing to report. `deadline` is an instant, not a duration.
   */
  batch(
    url: string,
    calls: readonly { readonly method: string; readonly params: readonly unknown[] }[],
    deadline: number,
  ): Promise<
    | { readonly answers: readonly RpcAnswer[] }
    | { readonly failure: 'connect' | 'timeout' | 'http' | 'bad-response'; readonly message: string }
  >;
}

export interface BuiltBinary {
  readonly path: string;
  /** The module's checksum as Go's checksum database knows it: h1:… */
  readonly moduleSum: string;
  readonly goVersion: string;
  readonly fromCache: boolean;
}

/** Builds geth from its public Go module. */
export interface GethBuilder {
  /** The version of the Go toolchain, undefined when there is none. */
  goVersion(): Promise<string | undefined>;
  /** An aborted `signal` ends the build and leaves nothing half-made (INTERRUPTED). */
  build(version: string, architecture: Architecture, onProgress: OnProgress, signal?: AbortSignal): Promise<BuiltBinary>;
}

/** Packs a built binary as an image archive (`docker load` layout) with the layout of the official image. */
export interface ImagePacker {
  pack(request: {
    readonly binary: string;
    readonly reference: string;
    readonly architecture: Architecture;
    readonly labels: Readonly<Record<string, string>>;
  }): AsyncIterable<Uint8Array>;
}

/** Installs and starts the distribution's engine on this machine. */
export interface EngineInstaller {
  /** The commands that `install` would run here, for telling before doing; none when an engine runs, undefined when this system is not known. */
  plan(): Promise<readonly string[] | undefined>;
  install(onProgress: OnProgress): Promise<void>;
}

/** One remembered fact of a node's past; see the evidence journal. */
export interface JournalRecord {
  readonly time: number;
  readonly kind: 'head' | 'stop' | 'start';
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** The evidence journal: bounded, append-only, and never needed for a decision. Its methods never throw. */
export interface Journal {
  append(node: string, record: Omit<JournalRecord, 'time'>): void;
  read(node: string): readonly JournalRecord[];
}

/** Profiles as text; parsing and judging them is pure. */
export interface ProfileFiles {
  names(): readonly string[];
  /** NO_SUCH_PROFILE, or INVALID_PROFILE when unreadable or larger than 64 KiB. */
  read(nameOrPath: string): { readonly path: string; readonly document: unknown };
}

export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Where notices, progress and questions go: standard error, never standard output. */
export interface Console {
  notice(text: string): void;
  warn(text: string): void;
  /** Shows or refreshes one progress line; `undefined` ends it. */
  progress(progress: Progress | undefined): void;
  /** True or false by the person; CONFIRMATION_REQUIRED without a terminal, naming `flag`. */
  confirm(question: string, flag: string): Promise<boolean>;
}

/** All ports; each is loaded when first asked for, so that a command pays only for what it uses. */
export interface World {
  engine(): Promise<Engine>;
  rpc(): Promise<Rpc>;
  host(): Promise<Host>;
  builder(): Promise<GethBuilder>;
  packer(): Promise<ImagePacker>;
  installer(): Promise<EngineInstaller>;
  journal(): Promise<Journal>;
  profiles(): Promise<ProfileFiles>;
  readonly clock: Clock;
  readonly console: Console;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
}
