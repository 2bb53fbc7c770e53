/** What takes the space of a geth's chain volume. */
export const CHAIN_PARTS = ['chaindata', 'ancient', 'state', 'other'] as const;
export type ChainPart = (typeof CHAIN_PARTS)[number];

/**
 * Geth's folders by their path from the volume's root, and what lies in each without those named here that lie in it: the key-value
 * database, the freezer of old blocks, and the histories and the journal of the state that the path scheme keeps (core/rawdb/ancient_scheme.go,
 * `stack.ResolvePath("triedb")`). The newest state itself is in the database, and cannot be told from the rest of it.
 */
const FOLDERS = {
  'geth/chaindata': 'chaindata',
  'geth/chaindata/ancient': 'ancient',
  'geth/chaindata/ancient/state': 'state',
  'geth/chaindata/ancient/state_verkle': 'state',
  'geth/chaindata/ancient/trienode': 'state',
  'geth/chaindata/ancient/trienode_verkle': 'state',
  'geth/triedb': 'state',
  // Of `--syncmode light`, up to 1.13.
  'geth/lightchaindata': 'chaindata',
  'geth/lightchaindata/ancient': 'ancient',
} as const satisfies Readonly<Record<string, ChainPart>>;

export type ChainFolder = keyof typeof FOLDERS;

/** The folders that are told apart. */
export const PART_FOLDERS = Object.keys(FOLDERS) as readonly ChainFolder[];

/** Bytes of each part by those of the folders; '' is what lies in none of them. */
export function chainParts(folders: Readonly<Record<ChainFolder | '', number>>): Readonly<Record<ChainPart, number>> {
  const sum = (part: ChainPart) => PART_FOLDERS.filter((folder) => FOLDERS[folder] === part).reduce((all, one) => all + folders[one], 0);
  return { chaindata: sum('chaindata'), ancient: sum('ancient'), state: sum('state'), other: folders[''] };
}
