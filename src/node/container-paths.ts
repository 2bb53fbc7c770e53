/** Where things are inside a node's container. The volume is mounted at the data directory itself. */
export const DATA_DIRECTORY = '/data';

/** geth's user and group inside the container; the volume belongs to them. */
export const GETH_UID = 1000;
export const GETH_GID = 1000;

/** Ports geth listens on inside the container. P2P uses the same number outside, so that peers are told the truth. */
export const HTTP_PORT = 8545;
export const WS_PORT = 8546;
export const P2P_PORT = 30303;

/** What nodectl keeps beside the chain in the volume, by its path from the volume's root. */
export const GENESIS_FILE = 'nodectl/genesis.json';
export const PEERS_FILE = 'nodectl/peers.toml';
export const PASSWORD_FILE = 'nodectl/sealer-password';
/** The chain record, where it is not the one of the volume's label; see chain-record. */
export const CHAIN_FILE = 'nodectl/chain.json';

/** For geth's own light consensus: the finalized root it begins from, exactly `0x` and 64 hex digits, and a private network's forks. */
export const BEACON_CHECKPOINT_FILE = 'nodectl/beacon-checkpoint';
export const BEACON_CONFIG_FILE = 'nodectl/beacon-config.yml';

/** In a consensus client's volume: its database is begun. */
export const BEGUN_FILE = 'nodectl/begun';

/** The secret volume, read-only in every container that mounts it, and its files by their path from its root. */
export const SECRET_DIRECTORY = '/secret';
/** The key that geth and its consensus client share, 64 hex digits. */
export const JWT_FILE = 'jwt.hex';
/** Every address a person gave, whole; see endpoint-book. */
export const ENDPOINTS_FILE = 'endpoints.json';

export const ENGINE_PORT = 8551;
