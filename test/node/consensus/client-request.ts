import type { ClientRequest } from '../../../src/node/consensus/consensus-client.ts';
import { networkPaths } from '../../../src/node/consensus/network-files.ts';
import { GIB } from '../../../src/node/size.ts';

/** A checkpoint provider's address with everything that must never be seen. */
export const SECRET_URL = 'https://user:pass@checkpoint.example/key-0123?token=abc';

/** A client on mainnet that begins from a checkpoint. */
export const PUBLIC: ClientRequest = {
  network: 'mainnet',
  files: null,
  bootnodes: [],
  staticPeers: [],
  engineUrl: 'http://nodectl-home:8551',
  jwtFile: '/secret/jwt.hex',
  dataDirectory: '/data',
  checkpointUrl: 'https://checkpoint.example',
  ports: { rest: 5052, p2p: 9100 },
  memory: 4 * GIB,
};

/** A client on a private network that nobody outside the engine reaches, from the genesis state. */
export const PRIVATE: ClientRequest = {
  ...PUBLIC,
  network: null,
  files: networkPaths('/data'),
  bootnodes: ['enr:-one', 'enr:-two'],
  staticPeers: ['/ip4/10.0.0.5/tcp/9000/p2p/16Uiu2A', '/ip4/10.0.0.6/tcp/9000/p2p/16Uiu2B'],
  checkpointUrl: null,
  ports: { rest: 5052, p2p: null },
  memory: GIB,
};
