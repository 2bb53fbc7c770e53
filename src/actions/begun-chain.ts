import { type ChainRecord, chainRecord, labelRecord, readRecord } from '../node/chain-record.ts';
import { CHAIN_FILE } from '../node/container-paths.ts';
import { LABEL_NETWORK, LABEL_NODE } from '../node/labels.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { ProfileFiles } from '../ports.ts';
import { readFromVolume } from './read-from-volume.ts';
import { resolveNetwork } from './resolve-network.ts';

interface BegunQuestion {
  readonly node: string;
  readonly volume: ObservedVolume | undefined;
  /** What the node's container says it is. */
  readonly present: NodeSpec | undefined;
  /** True where the container cannot tell, or another version is to open the chain: then the volume's own record is read. */
  readonly look: boolean;
  readonly image: string | undefined;
}

/** What is known of the chain in a node's volume; undefined when there is no volume of this node, or nothing is known. */
export async function begunChain(question: BegunQuestion, engine: Engine): Promise<ChainRecord | undefined> {
  const { node, volume, present, image } = question;
  if (volume === undefined || volume.labels[LABEL_NODE] !== node) return undefined;
  const written = question.look ? await readFromVolume({ node, volume: volume.name, image }, CHAIN_FILE, engine) : undefined;
  const noted = readRecord(written);
  const record = noted ?? labelRecord(volume.labels);
  if (present === undefined) return record;
  const known = chainRecord(present, record);
  // What was pruned since the container was made is gone, whatever its label says.
  return noted === undefined ? known : { ...known, history: noted.history };
}

/** The network of a node when none was asked: what it has, what its volume was made for, mainnet. */
export function knownNetwork(
  present: NodeSpec | undefined,
  begun: ChainRecord | undefined,
  volume: ObservedVolume | undefined,
  files: ProfileFiles,
): NetworkProfile {
  const custom = present === undefined ? begun?.custom : present.custom;
  if (custom != null) return custom;
  return resolveNetwork(present?.network ?? begun?.network ?? volume?.labels[LABEL_NETWORK] ?? 'mainnet', files).profile;
}
