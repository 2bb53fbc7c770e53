/** Public networks by chain id, those that ended too: their transactions are still about and would be valid on a chain of the same id. */
const KNOWN_CHAINS: ReadonlyMap<number, string> = new Map([
  [1, 'Ethereum mainnet'],
  [3, 'the ended test network Ropsten'],
  [4, 'the ended test network Rinkeby'],
  [5, 'the ended test network Goerli'],
  [10, 'OP Mainnet'],
  [42, 'the ended test network Kovan'],
  [56, 'BNB Smart Chain'],
  [61, 'Ethereum Classic'],
  [100, 'Gnosis Chain'],
  [137, 'Polygon'],
  [8453, 'Base'],
  [17_000, 'the ended test network Holesky'],
  [42_161, 'Arbitrum One'],
  [43_114, 'Avalanche C-Chain'],
  [560_048, 'the test network Hoodi'],
  [1_337_802, 'the ended test network Kiln'],
  [11_155_111, 'the test network Sepolia'],
]);

/** The public network that has this chain id. */
export function knownChain(chainId: number): string | undefined {
  return KNOWN_CHAINS.get(chainId);
}
