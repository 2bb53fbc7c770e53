import type { PlacedFile } from '../../ports/containers.ts';

/** Where a private network's own files are inside a consensus client's container. */
export interface NetworkPaths {
  /** Clients that take a folder know the files by their names, which are those of the public networks' own folders. */
  readonly directory: string;
  readonly config: string;
  readonly genesisState: string;
}

const DIRECTORY = 'nodectl/network';
const CONFIG = 'config.yaml';
const GENESIS_STATE = 'genesis.ssz';
/** The block of the deposit contract: a private chain has it from its genesis. Newer and older clients read it by two names. */
const DEPOSIT_BLOCK = ['deposit_contract_block.txt', 'deploy_block.txt'] as const;
/** One record a line; Grandine wants the file even when it is empty. */
const BOOTNODES = 'bootstrap_nodes.txt';

/** The configuration by its path from the root of the client's volume. */
export const NETWORK_CONFIG_FILE = `${DIRECTORY}/${CONFIG}`;

/** The paths for a client whose volume is mounted at `dataDirectory`. */
export function networkPaths(dataDirectory: string): NetworkPaths {
  const directory = `${dataDirectory}/${DIRECTORY}`;
  return { directory, config: `${directory}/${CONFIG}`, genesisState: `${directory}/${GENESIS_STATE}` };
}

/** The files themselves, for the client's volume. */
export function networkFiles(config: Uint8Array, genesisState: Uint8Array, bootnodes: readonly string[]): readonly PlacedFile[] {
  const file = (name: string, content: string | Uint8Array): PlacedFile => ({ path: `${DIRECTORY}/${name}`, content, mode: 0o644 });
  return [
    file(CONFIG, config),
    file(GENESIS_STATE, genesisState),
    ...DEPOSIT_BLOCK.map((name) => file(name, '0\n')),
    file(BOOTNODES, bootnodes.map((record) => `${record}\n`).join('')),
  ];
}
