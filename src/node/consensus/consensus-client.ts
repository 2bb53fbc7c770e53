import type { PlacedFile } from '../../ports/containers.ts';
import type { ConsensusClientName } from './consensus-spec.ts';

/** Where a client finds everything inside its container, and what it shall be told. */
export interface ClientRequest {
  /** The public network's name, by which every client knows it; null on a private one, which `files` describe. */
  readonly network: string | null;
  /** Paths inside the container of a private network's own files; null on a public one. */
  readonly files: { readonly config: string; readonly genesisState: string } | null;
  /** Of a private network: whom to connect to. Records (enr:…) to discover from, and addresses to keep connected. */
  readonly bootnodes: readonly string[];
  readonly staticPeers: readonly string[];
  /** http://…:8551, on the network that it shares with geth. */
  readonly engineUrl: string;
  /** The key file of the engine API. */
  readonly jwtFile: string;
  /** The client's own volume. */
  readonly dataDirectory: string;
  /** The provider to begin from, whole; null begins from the genesis state. */
  readonly checkpointUrl: string | null;
  /** Inside the container; the P2P port is the same number outside, null publishes none. */
  readonly ports: { readonly rest: number; readonly p2p: number | null };
  /** The container's memory limit, bytes. */
  readonly memory: number;
}

/** How a client is started, stopped and judged; one file of data for each client. */
export interface ConsensusClient {
  readonly name: ConsensusClientName;
  readonly title: string;
  /** The official image of the pinned version. */
  readonly image: { readonly repository: string; readonly version: string };
  /** Undefined where nodectl cannot build the client from source. */
  readonly build?: { readonly reference: string } | undefined;
  /** Where the figures come from stands beside them. Bytes. */
  readonly memory: { readonly minimum: number; readonly comfortable: number };
  /** Undefined leaves the image's own. */
  readonly entrypoint?: readonly string[] | undefined;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** Seconds it is given to close. */
  readonly stopTimeout: number;
  /** The exact words, and the variables that go with them. */
  command(request: ClientRequest): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };
  /**
   * Files that its own volume must hold before it starts, for what may not stand in argv: an address with credentials.
   * Undefined where the client has no such file; then such an address is refused.
   */
  configFile?(request: ClientRequest): PlacedFile;
  /** A run on its volume before the first start, where it begins from a checkpoint so. */
  firstRun?(request: ClientRequest): readonly string[];
}
