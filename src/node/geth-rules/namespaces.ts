import { inRange } from '../geth-version.ts';
import type { VersionRange } from './version-rows.ts';

interface NamespaceRow extends VersionRange {
  readonly name: string;
  /** What whoever reaches it can do. */
  readonly danger: string;
}

/** Namespaces that are safe for whoever reaches the port; every version has them. */
export const PUBLIC_NAMESPACES = 'eth,net,web3,txpool';

/** Namespaces that give away control of the node: over IPC only (node/api.go, internal/debug, eth/backend.go of each tag). */
export const DANGEROUS_NAMESPACES: readonly NamespaceRow[] = [
  { name: 'admin', danger: 'opens ports, adds peers, reads and writes files' },
  { name: 'debug', danger: 'rewinds the chain and writes files' },
  { name: 'miner', danger: 'changes what the node mines and for whom' },
  { name: 'personal', until: '1.14.13', danger: 'unlocks accounts' },
  { name: 'clique', until: '1.13.15', danger: 'votes signers in and out' },
  { name: 'les', until: '1.13.5', danger: 'changes the priority of light clients' },
  { name: 'engine', since: '1.10.17', danger: 'decides which chain is the right one' },
  { name: 'dev', since: '1.12.1', danger: 'makes withdrawals and changes who is paid' },
  { name: 'testing', since: '1.17.1', danger: 'makes blocks' },
];

/** The names of a `--http.api` list that this version would answer to and that must not be served. */
export function dangerousNamespaces(list: string, version: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  return DANGEROUS_NAMESPACES.filter((row) => inRange(version, row) && names.includes(row.name)).map(({ name }) => name);
}
