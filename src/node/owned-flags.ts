const OWNERS: readonly { readonly owner: string; readonly flags: readonly string[] }[] = [
  { owner: 'the volume', flags: ['datadir', 'datadir.ancient', 'datadir.era', 'keystore', 'db.engine', 'remotedb', 'state.scheme'] },
  { owner: '--storage', flags: ['datadir.minfreedisk'] },
  { owner: '--syncmode', flags: ['syncmode', 'gcmode', 'history.state'] },
  { owner: '--history', flags: ['history.chain'] },
  { owner: '--memory', flags: ['cache', 'memorylimit'] },
  { owner: '--port', flags: ['http.port', 'ws.port', 'port', 'discovery.port'] },
  { owner: '--mine and --etherbase', flags: ['mine', 'miner.etherbase', 'ethash.dagdir'] },
  { owner: '--password-file', flags: ['unlock', 'password', 'allow-insecure-unlock'] },
  { owner: '--light-peers', flags: ['light.serve', 'light.maxpeers'] },
  { owner: 'the profile', flags: ['bootnodes', 'bootnodesv4', 'bootnodesv5'] },
  {
    owner: '--network',
    flags: 'dev mainnet testnet ropsten rinkeby goerli kiln sepolia holesky hoodi networkid override.genesis'.split(' '),
  },
  { owner: 'nodectl', flags: 'http http.addr http.rpcprefix ws ws.addr ws.rpcprefix config nodekey nodekeyhex exitwhensynced'.split(' ') },
  { owner: 'nodectl', flags: ['ipcdisable', 'ipcpath'] },
];

/** Flags that follow from nodectl's own options: said twice, they would contradict the plan. Flag without dashes → what decides it. */
export const OWNED_FLAGS: ReadonlyMap<string, string> = new Map(
  OWNERS.flatMap(({ owner, flags }) => flags.map((flag) => [flag, owner] as const)),
);
