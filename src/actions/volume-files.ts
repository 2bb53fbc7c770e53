import { NodectlError } from '../errors.ts';
import { type ChainRecord, recordText } from '../node/chain-record.ts';
import { CHAIN_FILE, GENESIS_FILE, PASSWORD_FILE, PEERS_FILE } from '../node/container-paths.ts';
import type { Genesis } from '../node/genesis/genesis.ts';
import { peersFile, readPeersFile } from '../node/peers-file.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedNode, PlacedFile } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { readFromVolume } from './read-from-volume.ts';

interface FilesQuestion {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly present: NodeSpec | undefined;
  readonly observed: ObservedNode;
  /** Known when the file was named in this run. */
  readonly genesis: Genesis | undefined;
  readonly password: string | undefined;
  readonly before: ChainRecord | undefined;
  readonly after: ChainRecord;
  /** An image that exists on the engine; without one nothing in the volume can be read. */
  readonly image: string | undefined;
}

/** What the volume must hold before the node's container is made or replaced, and whether a new password was given. */
export async function volumeFiles(
  question: FilesQuestion,
  engine: Engine,
): Promise<{ readonly files: readonly PlacedFile[]; readonly newPassword: boolean }> {
  const { spec, observed, genesis, password } = question;
  const chain = spec.custom?.private;
  const made = observed.container !== undefined;
  const files: PlacedFile[] = [];
  if (observed.volume !== undefined && recordChanges(question)) {
    files.push({ path: CHAIN_FILE, content: recordText(question.after), mode: 0o600 });
  }
  if (chain !== undefined && !made && genesis !== undefined) files.push({ path: GENESIS_FILE, content: genesis.text, mode: 0o600 });
  if (chain !== undefined && (!made || networkChanges(question))) {
    const known = readPeersFile((await read(question, PEERS_FILE, engine)) ?? '');
    files.push({ path: PEERS_FILE, content: peersFile([...new Set([...known, ...chain.staticPeers])]), mode: 0o600 });
  }
  if (spec.mining === null) return { files, newPassword: false };
  const had = password === undefined && question.present?.mining != null ? undefined : await read(question, PASSWORD_FILE, engine);
  if (password === undefined) {
    if (question.present?.mining == null && had === undefined) throw passwordMissing();
    return { files, newPassword: false };
  }
  const newPassword = had !== `${password}\n`;
  if (newPassword) files.push({ path: PASSWORD_FILE, content: `${password}\n`, mode: 0o600 });
  return { files, newPassword };
}

function recordChanges({ before, after }: FilesQuestion): boolean {
  return before === undefined || recordText(before) !== recordText(after);
}

function networkChanges({ spec, present }: FilesQuestion): boolean {
  return JSON.stringify(spec.custom) !== JSON.stringify(present?.custom);
}

async function read({ name, observed, image }: FilesQuestion, path: string, engine: Engine): Promise<string | undefined> {
  if (observed.volume === undefined) return undefined;
  return readFromVolume({ node: name, volume: observed.volume.name, image }, path, engine);
}

function passwordMissing(): NodectlError {
  return new NodectlError('USAGE', 'geth unlocks the sealing account at each start and needs its password for that.', {
    hint: 'Add --password-file FILE, the password that `nodectl account new` was given.',
  });
}
