import { type ChainRecord, labelRecord, readRecord, recordText } from '../node/chain-record.ts';
import { CHAIN_FILE, GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { readFromVolume } from './read-from-volume.ts';

/** Notes in a node's volume what its chain is now, unless that is known there already. */
export async function noteChain(node: string, record: ChainRecord, observed: ObservedNode, image: string, engine: Engine): Promise<void> {
  const { volume, helper } = partNames(node);
  const written = await readFromVolume({ node, volume, image }, CHAIN_FILE, engine);
  const known = readRecord(written) ?? labelRecord(observed.volume?.labels ?? {});
  const content = recordText(record);
  if (known !== undefined && recordText(known) === content) return;
  const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
  const files = [{ path: CHAIN_FILE, content, mode: 0o600 }];
  await engine.prepareVolume({ volume, image, helper, labels, uid: GETH_UID, gid: GETH_GID, files });
}
