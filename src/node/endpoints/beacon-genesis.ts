import type { NetworkProfile } from '../profile.ts';

/** What tells one beacon chain from another. */
export interface BeaconGenesis {
  /** Instant. */
  readonly time: number;
  /** 0x and 64 hex digits, lower case. */
  readonly validatorsRoot: string;
}

/** By chain id; each stands in its network's published configuration (github.com/eth-clients/{mainnet,sepolia,hoodi}, 2026-11). */
const PUBLIC: Readonly<Record<number, BeaconGenesis>> = {
  1: { time: 1_606_824_023_000, validatorsRoot: '0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95' },
  11155111: { time: 1_655_733_600_000, validatorsRoot: '0xd8ea171f3c94aea21ebc42a1ed61052acf3f9209c00e4efbaaddac09ed9b8078' },
  560048: { time: 1_742_213_400_000, validatorsRoot: '0x212f13fc4df078b6cb7db228f1c8307566dcecf900867401a92023d7ba99cb5f' },
};

/** The beacon chain of a public network; undefined for every other chain id. */
export function publicBeaconGenesis(chainId: number): BeaconGenesis | undefined {
  return PUBLIC[chainId];
}

/** What a network's profile tells of its beacon chain; undefined where it knows none. */
export function networkGenesis({ chainId, private: chain }: NetworkProfile): BeaconGenesis | undefined {
  const beacon = chain?.beacon ?? null;
  if (beacon === null) return publicBeaconGenesis(chainId);
  return { time: beacon.genesisTime * 1000, validatorsRoot: beacon.validatorsRoot };
}

/** A private chain's, from its genesis state: every fork's SSZ state begins with the time (uint64) and that root. Undefined when too short. */
export function genesisOfState(state: Uint8Array): BeaconGenesis | undefined {
  if (state.length < 40) return undefined;
  const seconds = new DataView(state.buffer, state.byteOffset, 8).getBigUint64(0, true);
  const root = [...state.subarray(8, 40)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { time: Number(seconds) * 1000, validatorsRoot: `0x${root}` };
}
