import type { PlacedFile } from '../../ports/containers.ts';
import type { Head } from '../rpc-facts.ts';
import type { LightBackendName } from './light-spec.ts';

/** What a light client's configuration file is made of; it holds whole addresses, so the text is never printed. */
export interface LightRequest {
  /** The public network's name; null on a private one, which `chainConfig` describes. */
  readonly network: string | null;
  /** The beacon chain's own configuration (YAML) of a private network; null on a public one. */
  readonly chainConfig: string | null;
  /** 0x and 64 hex digits: a finalized block that independent providers agree on, fresh at every start. */
  readonly trustedRoot: string;
  readonly executionRpcs: readonly string[];
  readonly beaconApis: readonly string[];
  /** True where an address may hold a secret: then the client shall log no address. */
  readonly discreet: boolean;
}

/** One JSON-RPC call. */
export interface LightCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Who was asked and how that went, as far as a backend tells. Addresses are shown ones. */
export interface LightUpstream {
  readonly role: 'execution' | 'beacon';
  readonly address: string;
  /** Null before it was asked. */
  readonly answers: boolean | null;
  /** True for a while after an answer of it did not bear its proof. */
  readonly lies: boolean;
  readonly problem: string | null;
}

/** What a backend tells of itself beyond the calls that every one answers. */
export interface LightReport {
  readonly head: Head | undefined;
  readonly finalized: number | undefined;
  readonly upstreams: readonly LightUpstream[];
  /** Answers that it refused since its start. */
  readonly refused: { readonly count: number; readonly method: string; readonly at: number } | undefined;
}

/** How a verifying light client is run, asked and stopped; one file of data for each. */
export interface LightBackend {
  readonly name: LightBackendName;
  readonly title: string;
  /** What the plan calls it by: `pulled` from a registry, or `built` here from its npm package. */
  readonly image: { readonly reference: string; readonly origin: 'pulled' | 'built' };
  /** The program that the image's entrypoint must name. */
  readonly program: string;
  /** Where the node's volume is mounted. */
  readonly mount: string;
  readonly args: readonly string[];
  /** Of the node's volume; its path is relative to the volume's root. */
  configFile(request: LightRequest): PlacedFile;
  readonly ws: boolean;
  /** Answered with a result once a header is verified. */
  readonly readiness: LightCall;
  /** Tells the head, and what else `readReport` finds in the answer. */
  readonly report: LightCall;
  readReport(result: unknown): LightReport;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** Seconds it is given to close. */
  readonly stopTimeout: number;
  /** Served with proof. */
  readonly methods: readonly string[];
  /** What it cannot do, for `status` and the documentation; sentences. */
  readonly limits: readonly string[];
  /** Public networks whose rules it knows, by profile name. */
  readonly networks: readonly string[];
  /** Whether a network can be described to it by a configuration file. */
  readonly privateNetworks: boolean;
  /** Of a private network: the forks whose rules it knows, in the words of the beacon chain's configuration. */
  readonly forks: readonly string[];
}
