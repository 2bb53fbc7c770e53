/**
 * What geth keeps of a chain, by its path from the volume's root: blocks and states (with `ancient` in it), the same of a light client,
 * the states of the path scheme that are not written yet, and blobs that wait to be sealed. Keystore, node key, the peers it met and
 * what nodectl keeps lie beside them (node/config.go, cmd/utils/flags.go and core/txpool/blobpool of 1.9.25 to 1.17.8).
 */
export const CHAIN_FOLDERS = ['geth/chaindata', 'geth/lightchaindata', 'geth/triedb', 'geth/blobpool'] as const;
