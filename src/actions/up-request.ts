import type { ConsensusChoice } from '../node/consensus/consensus-spec.ts';
import type { HistoryRange } from '../node/history-ranges.ts';
import type { LightBackendName } from '../node/light/light-spec.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { AskedStorageMode } from '../node/storage/storage-modes.ts';
import type { SyncMode } from '../node/sync-modes.ts';
import type { AskedPort } from './choose-ports.ts';
import type { WaitGoal } from './wait-until-ready.ts';

/** `up` in typed options; undefined = left out. Sizes in bytes. */
export interface UpRequest {
  readonly name: string | undefined;
  /** A profile's name, or the path of a profile or genesis file. */
  readonly network: string | undefined;
  readonly preset: string | undefined;
  readonly mode: SyncMode | undefined;
  readonly history: HistoryRange | undefined;
  readonly mine: boolean;
  /** Lower case. */
  readonly etherbase: string | undefined;
  readonly passwordFile: string | undefined;
  readonly lightPeers: number | undefined;
  readonly geth: string | undefined;
  readonly imageRef: string | undefined;
  readonly imageSource: 'auto' | 'pull' | 'build';
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly cpus: number | undefined;
  readonly storage: number | undefined;
  readonly storageMode: AskedStorageMode | undefined;
  readonly port: AskedPort;
  readonly extra: readonly string[];
  readonly consensus: ConsensusChoice | undefined;
  /** Where the engine API is published for a client of one's own; undefined = as it is, or on loopback. */
  readonly engine: { readonly hostIp: string; readonly port: number } | undefined;
  /** A file with the key of such a client. */
  readonly jwtFile: string | undefined;
  /** Addresses of one's own, whole: they may hold credentials. None = those of the profile. */
  readonly checkpointUrls: readonly string[];
  readonly beaconApis: readonly string[];
  readonly executionRpcs: readonly string[];
  readonly lightBackend: LightBackendName | undefined;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly wait: WaitGoal;
  readonly timeoutMs: number;
}

/** The images that were provided for this run so far. */
export interface ProvidedImages {
  readonly execution?: { readonly image: NodeSpec['image']; readonly geth: string };
  readonly consensus?: NodeSpec['image'];
}
