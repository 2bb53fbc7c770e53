import { consensusClient } from '../node/consensus/client-table.ts';
import { consensusContainer } from '../node/consensus/consensus-container.ts';
import type { ClientSpec, ConsensusSpec } from '../node/consensus/consensus-spec.ts';
import { refuseLostNetwork } from '../node/consensus/lost-network.ts';
import { NETWORK_CONFIG_FILE, networkFiles } from '../node/consensus/network-files.ts';
import type { BeaconFiles } from '../node/consensus/private-beacon.ts';
import { readClient } from '../node/consensus/read-client.ts';
import { BEGUN_FILE, ENDPOINTS_FILE } from '../node/container-paths.ts';
import type { Surroundings } from '../node/container-safety.ts';
import { networkOf } from '../node/container-spec.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import type { AgreedOrigin } from '../node/endpoints/agreed-origin.ts';
import { consensusNames } from '../node/names.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedNode, PlacedFile } from '../ports/containers.ts';
import { builtinFiles } from './builtin-files.ts';
import { chooseCheckpoint } from './choose-checkpoint.ts';
import { chooseClientPorts, refuseTakenEngine } from './choose-client-ports.ts';
import type { Standing } from './decide-node.ts';
import { externalKey } from './external-key.ts';
import { readFromVolume } from './read-from-volume.ts';
import type { UpRequest } from './up-request.ts';

export interface ConsensusQuestion {
  readonly name: string;
  readonly request: UpRequest;
  /** Judged; its consensus lacks only what the world decides. */
  readonly spec: NodeSpec;
  readonly present: NodeSpec | undefined;
  readonly observed: ObservedNode;
  readonly profile: NetworkProfile;
  /** Known when the network's profile was named in this run. */
  readonly beacon: BeaconFiles | undefined;
  /** An image that exists on the engine, to look into volumes with. */
  readonly image: string | undefined;
  readonly provided: ClientSpec['image'] | undefined;
  readonly around: Surroundings;
}

export interface ConsensusDecided extends Pick<DesiredNode, 'beside' | 'secret' | 'refresh'> {
  readonly consensus: ConsensusSpec | null;
  /** For the chain volume. */
  readonly files: readonly PlacedFile[];
  readonly notes: readonly string[];
  /** Where a new client begins; undefined where none does so. */
  readonly origin?: AgreedOrigin | undefined;
}

/** Decides by the world what the spec leaves open: ports, a checkpoint, keys and files. Every refusal comes before anything is made. */
export async function decideConsensus(question: ConsensusQuestion, ground: Standing): Promise<ConsensusDecided> {
  const { consensus } = question.spec;
  const nothing = { consensus, beside: undefined, secret: undefined, files: [], notes: [] };
  switch (consensus?.kind) {
    case undefined:
      return nothing;
    case 'client':
      return decideClient(question, consensus, ground);
    case 'builtin':
      return { ...nothing, ...(await builtinFiles(question, consensus, ground)) };
    case 'external': {
      const { engine, info, host } = ground;
      const [had, { hostIp, port }] = [question.present?.consensus, consensus.engine];
      const stays = had?.kind === 'external' && had.engine.port === port && had.engine.hostIp === hostIp;
      if (!stays) await refuseTakenEngine(`nodectl-${question.name}`, consensus.engine, question.spec.ports, engine, info, host);
      const key = await externalKey(question, ground);
      return { ...nothing, ...key };
    }
  }
}

async function decideClient(question: ConsensusQuestion, judged: ClientSpec, ground: Standing): Promise<ConsensusDecided> {
  const { name, spec, present, observed, profile, beacon, provided, around } = question;
  const { engine, info, host } = ground;
  const container = consensusNames(name).container;
  const had = present?.consensus?.kind === 'client' ? present.consensus : undefined;
  const [ports, checkpoint] = await Promise.all([
    chooseClientPorts({ container, present: had?.ports, peers: profile.peers, gethP2p: spec.ports.p2p }, engine, info, host),
    chooseCheckpoint(question, judged, ground),
  ]);
  const image = provided === undefined || judged.image.id !== '' ? judged.image : provided;
  // What could not be pulled was built, in an older version.
  refuseLostNetwork(consensusClient(judged.client), image.ref, profile);
  const networkConfig = await networkConfigOf(question, ground);
  const client: ClientSpec = { ...judged, image, ports, checkpoints: [...checkpoint.shown], networkConfig };
  const parts = consensusContainer(
    { node: name, spec: client, profile, checkpointUrl: checkpoint.url, network: networkOf(name, spec, profile) },
    around,
  );
  const made = observed.consensus !== undefined;
  const begun = parts.firstRun !== undefined && !made && (await isBegun(question, ground));
  const own =
    beacon === undefined ? [] : networkFiles(beacon.config.bytes, beacon.genesisState.bytes, profile.private?.beacon?.bootnodes ?? []);
  return {
    consensus: client,
    beside: {
      ...parts,
      spec: client,
      // Where it begins is told to a new one alone: of a container that is there no address is known whole.
      files: made ? own : [...own, ...parts.files],
      firstRun: made || begun ? undefined : parts.firstRun,
    },
    secret: {
      files: checkpoint.book === undefined ? [] : [{ path: ENDPOINTS_FILE, content: checkpoint.book, mode: 0o600 }],
      makesKey: true,
    },
    files: [],
    notes: checkpoint.notes,
    origin: checkpoint.agreed,
  };
}

/**
 * The digest of the configuration that the client shall run with; null where it is not known, and need not be. Of a client whose label
 * does not tell, the file in its volume counts.
 */
async function networkConfigOf({ name, observed, beacon, image }: ConsensusQuestion, { engine }: Standing): Promise<string | null> {
  const had = observed.consensus === undefined ? null : (readClient(observed.consensus.labels)?.networkConfig ?? null);
  // Not named in this run: whatever is in the volume holds.
  if (beacon === undefined) return had;
  const { digest, bytes } = beacon.config;
  if (observed.consensus === undefined || had !== null) return digest;
  const text = await readFromVolume({ node: name, volume: consensusNames(name).volume, image }, NETWORK_CONFIG_FILE, engine);
  return text === new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) ? null : digest;
}

async function isBegun({ name, observed, image }: ConsensusQuestion, { engine }: Standing): Promise<boolean> {
  const { volume } = consensusNames(name);
  if (!observed.volumes.some((seen) => seen.name === volume)) return false;
  return (await readFromVolume({ node: name, volume, image }, BEGUN_FILE, engine)) !== undefined;
}
