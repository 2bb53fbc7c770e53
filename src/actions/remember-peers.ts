import { DATA_DIRECTORY, GETH_GID, GETH_UID, PEERS_FILE } from '../node/container-paths.ts';
import { enodeKey } from '../node/enode-address.ts';
import { peersFile, readPeersFile } from '../node/peers-file.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { readFromVolume } from './read-from-volume.ts';

interface Change {
  /** Take the place of what is remembered of the same nodes at other addresses. */
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Changes which peers a private chain's node connects to when geth starts again; a file that says it already is left alone. */
export async function rememberPeers(node: string, container: ObservedContainer, change: Change, engine: Engine): Promise<void> {
  const volume = container.mounts.find((mount) => mount.target === DATA_DIRECTORY)?.volume;
  if (volume === undefined) return;
  const before = (await readFromVolume({ node, volume, image: container.imageId }, PEERS_FILE, engine)) ?? '';
  const { add = [], remove = [] } = change;
  const changed = new Set([...add, ...remove].map(enodeKey));
  const known = readPeersFile(before);
  const settled = remove.length === 0 && add.every((enode) => known.includes(enode));
  const after = settled ? known : [...known.filter((enode) => !changed.has(enodeKey(enode))), ...add];
  const content = peersFile(after);
  if (content === before) return;
  await engine.putFiles(container.id, [{ path: `${DATA_DIRECTORY}/${PEERS_FILE}`, content, mode: 0o600 }], GETH_UID, GETH_GID);
}
