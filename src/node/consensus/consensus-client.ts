import type { PlacedFile } from '../../ports/containers.ts';
import type { Served } from '../endpoints/judge-origin.ts';
import type { ConsensusClientName } from './consensus-spec.ts';
import type { NetworkPaths } from './network-files.ts';

/** Where a client finds everything inside its container, and what it shall be told. */
export interface ClientRequest {
  /** The public network's name, by which every client knows it; null on a private one, which `files` describe. */
  readonly network: string | null;
  /** Paths inside the container of a private network's own files; null on a public one. */
  readonly files: NetworkPaths | null;
  /** Of a private network: whom to connect to. Records (enr:…) to discover from, and addresses to keep connected. */
  readonly bootnodes: readonly string[];
  readonly staticPeers: readonly string[];
  /** http://…:8551, on the network that it shares with geth. */
  readonly engineUrl: string;
  /** The key file of the engine API. */
  readonly jwtFile: string;
  /** The client's own volume. */
  readonly dataDirectory: string;
  /** The provider to begin from, whole; null begins from the genesis state. Only a begun volume no longer needs it. */
  readonly checkpointUrl: string | null;
  /** Inside the container; the P2P port is the same number outside, TCP and UDP, null publishes none. */
  readonly ports: { readonly rest: number; readonly p2p: number | null };
  /** The container's memory limit, bytes. */
  readonly memory: number;
}

/** Bytes: below `minimum` it cannot do its work, from `comfortable` on more brings little. */
export interface MemoryNeeds {
  readonly minimum: number;
  readonly comfortable: number;
}

/** What a person must know of a client that it does not say itself; sentences for status and plans. */
export interface ClientTrap {
  readonly about: 'health' | 'restart' | 'kill' | 'start';
  readonly text: string;
}

/** A network that versions up to `until` do not follow to the head. */
export interface LostNetwork {
  readonly network: string;
  readonly until: string;
  readonly reason: string;
}

/** How a client is started, stopped and judged; one file of data for each client. */
export interface ConsensusClient {
  readonly name: ConsensusClientName;
  readonly title: string;
  /** The official image of the pinned version: `repository:tag`. */
  readonly image: { readonly repository: string; readonly tag: string; readonly version: string };
  /** The image that nodectl builds from source, and its version; undefined where it cannot. */
  readonly build?: { readonly reference: string; readonly version: string } | undefined;
  /** Where the figures come from stands beside them. A private beacon chain is a thousandth of a public one. */
  readonly memory: { readonly public: MemoryNeeds; readonly private: MemoryNeeds };
  /** Undefined leaves the image's own. */
  readonly entrypoint?: readonly string[] | undefined;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** Seconds it is given to close. */
  readonly stopTimeout: number;
  readonly traps: readonly ClientTrap[];
  /** True where it asks a checkpoint provider at its root, whatever path and query the address has. */
  readonly dropsPath?: boolean | undefined;
  readonly lost: readonly LostNetwork[];
  /** The exact words, and the variables that go with them. */
  command(request: ClientRequest): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };
  /**
   * A file that its own volume must hold before it starts, for what may not stand in argv: an address with credentials.
   * Undefined where the client has no such file; then such an address is refused.
   */
  configFile?(request: ClientRequest): PlacedFile;
  /**
   * What it was served to begin from, by a line of its log; undefined for every other line. Only for a client that takes a state
   * without comparing it with the block.
   */
  served?(line: string): Served | undefined;
  /** The words of a run on its volume before the first start, where it begins from a checkpoint so. */
  firstRun?(request: ClientRequest): readonly string[];
}
