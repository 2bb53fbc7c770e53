import type {
  ContainerLimits,
  ContainerSpec,
  ContainerSummary,
  NetworkSpec,
  ObservedContainer,
  ObservedNode,
  ObservedVolume,
  PlacedFile,
  PortBinding,
  VolumeSpec,
} from './containers.ts';
import type { EngineEvent, EventQuery } from './engine-events.ts';
import type { OnProgress } from './progress.ts';
import type { Session, SessionRequest } from './session.ts';
import type { EmptyingOfFolders, VolumePreparation } from './volume-preparation.ts';
import type { Ran, VolumeRun } from './volume-run.ts';
import type { TreeEntry, TreeReading, TreeWriting } from './volume-tree.ts';

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
  /** `Backing Filesystem`, `driver-type` … as the engine's storage driver tells them. */
  readonly driverStatus: Readonly<Record<string, string>>;
  /** `name=apparmor`, `name=rootless`, `name=userns` … */
  readonly securityOptions: readonly string[];
  readonly cgroupDriver: string;
  /** Of containers that name none. */
  readonly loggingDriver: string;
  /** Names of runtimes: runc, runsc … */
  readonly runtimes: readonly string[];
  readonly operatingSystem: string;
  /** Whose engine answers Docker's API. */
  readonly product: 'docker' | 'podman';
  /** Containers outlive the engine's own restart. */
  readonly liveRestore: boolean;
}

export interface ImageFacts {
  readonly id: string;
  /** Repository digests (`name@sha256:…`); empty for an image that was built or loaded here. */
  readonly digests: readonly string[];
  readonly tags: readonly string[];
  readonly architecture: Architecture;
  readonly os: string;
  readonly entrypoint: readonly string[];
  /** `NAME=value`, as the image sets them for every container. */
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly size: number;
}

/** A line, however the engine cut it; one of more than 1 MiB comes in pieces. Bytes that are no UTF-8 are U+FFFD. */
export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** The engine's timestamp (RFC 3339 with nanoseconds, which sorts as text); '' where it tells none. */
  readonly time: string;
  readonly text: string;
}

export interface LogQuery {
  /** Last N lines; left out, all of them. */
  readonly tail?: number | undefined;
  /** Instants in ms. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Goes on until the container's process ends, also where the engine starts it again. */
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
  /** Every volume that carries the label `nodectl.node`. */
  listVolumes(): Promise<readonly ObservedVolume[]>;
  inspect(container: string): Promise<ObservedContainer | undefined>;
  /** The names of all containers that run with a volume, whoever made them. */
  volumeUsers(volume: string): Promise<readonly string[]>;
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
  /**
   * Makes uid:gid the owner of the volume's root and puts the files into it, owned likewise, through a helper container
   * that is never started. A file that is there already is replaced.
   */
  prepareVolume(request: VolumePreparation): Promise<void>;
  /** Runs a program once on a volume and leaves no container behind, also when it fails. */
  runOnVolume(request: VolumeRun): Promise<Ran>;
  /**
   * The text of a file in a volume (at most 1 MiB are read), through a helper container that is never started; undefined when
   * there is no such file. `image` only has to exist.
   */
  readVolumeFile(request: {
    readonly volume: string;
    readonly path: string;
    readonly image: string;
    readonly labels: Readonly<Record<string, string>>;
  }): Promise<string | undefined>;
  /** What is in volumes, one entry after the other, through a helper container that is never started. NO_SUCH_IMAGE. */
  readTree(request: TreeReading): AsyncIterable<TreeEntry>;
  /** Unpacks entries into volumes that exist, likewise; DISK_FULL, or whatever the entries throw, after which part of them may be there. */
  writeTree(request: TreeWriting): Promise<void>;
  /**
   * Removes everything in folders of a volume that exists, through a helper container that is never started, and gives which of them were
   * there; what is not there is not made. What is cut off is gone on with by the same call. NO_SUCH_IMAGE.
   */
  emptyFolders(request: EmptyingOfFolders): Promise<readonly string[]>;
  removeVolume(name: string): Promise<void>;

  /** Gives the existing network of that name untouched when there is one. */
  createNetwork(spec: NetworkSpec): Promise<void>;
  /**
   * Removes the network of that name if it carries those labels, and leaves one that does not. False when containers are still in
   * it; removing what is gone already is success.
   */
  removeNetwork(network: NetworkSpec): Promise<boolean>;

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
  /** What happens to containers. Ends quietly at `until` and by the signal; when the engine goes away it throws what any other call would. */
  events(query: EventQuery): AsyncIterable<EngineEvent>;
  /** Runs a program inside a running container as its user. NODE_NOT_RUNNING, TIMED_OUT. */
  exec(container: string, words: readonly string[], timeoutMs: number): Promise<Ran>;
  /** The same for a program that somebody speaks with. NO_SUCH_NODE, NODE_NOT_RUNNING, CONTAINER_PAUSED. */
  session(request: SessionRequest): Promise<Session>;
  /** Puts files into a container (running or not), owned by uid:gid; `path` is absolute and may lie in a volume. */
  putFiles(container: string, files: readonly PlacedFile[], uid: number, gid: number): Promise<void>;
  usage(container: string): Promise<EngineUsage | undefined>;
  /** Bytes in a volume by the engine's own count (slow: it walks); undefined where the engine cannot tell. */
  volumeSize(volume: string): Promise<number | undefined>;
  /** Bytes that a container wrote to its own layer, beyond its image; undefined where the engine does not tell, or it does not exist. */
  layerSize(container: string): Promise<number | undefined>;
}
