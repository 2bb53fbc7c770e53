import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';

const CONFIG_FILE = 'nodectl/lodestar.yaml';
/** Of the container's memory, for the heap of JavaScript; the rest is native: the database, BLS and the network's worker. */
const HEAP_SHARE = 0.6;

/** Flags: the beacon CLI page of its documentation (chainsafe.github.io/lodestar, 1.40.0 to 1.50.0-rc.0). */
export const lodestar: ConsensusClient = {
  name: 'lodestar',
  title: 'Lodestar',
  // Newest seen on 2026-11-10.
  image: { repository: 'chainsafe/lodestar', tag: 'v1.50.1', version: '1.50.1' },
  memory: {
    // About 12 GiB on mainnet (1.42.0, ethstaker/eth-docker-docs, 2026-04); its documentation asks for 8 GB.
    public: { minimum: 8 * GIB, comfortable: 12 * GIB },
    // Not measured.
    private: { minimum: 768 * MIB, comfortable: GIB },
  },
  stopSignal: 'SIGTERM',
  stopTimeout: 60,
  traps: [
    { about: 'start', text: 'Its static peers are direct peers: the other side must name it as one too (ChainSafe/lodestar #8831).' },
  ],
  lost: [],
  command: (request) => ({
    args: [
      ...['beacon', '--dataDir', request.dataDirectory, '--rcConfig', `${request.dataDirectory}/${CONFIG_FILE}`],
      ...networkWords(request),
      ...['--execution.urls', request.engineUrl, '--jwtSecret', request.jwtFile],
      ...['--rest', 'true', '--rest.address', '0.0.0.0', '--rest.port', String(request.ports.rest)],
      ...['--listenAddress', '0.0.0.0', '--port', String(p2pPort(request)), '--discoveryPort', String(p2pPort(request))],
      // QUIC is on by default since 1.42.
      ...['--quic', 'false', '--metrics', 'false'],
    ],
    env: { NODE_OPTIONS: `--max-old-space-size=${Math.floor((request.memory * HEAP_SHARE) / MIB)}` },
  }),
  configFile: ({ checkpointUrl }) => ({
    path: CONFIG_FILE,
    content: ['logLevel: info', ...(checkpointUrl === null ? [] : [`checkpointSyncUrl: ${JSON.stringify(checkpointUrl)}`]), ''].join('\n'),
    mode: 0o600,
  }),
};

function networkWords({ network, files, bootnodes, staticPeers }: ClientRequest): readonly string[] {
  if (files === null) return ['--network', String(network)];
  return [
    ...['--paramsFile', files.config, '--genesisStateFile', files.genesisState],
    ...(bootnodes.length === 0 ? [] : ['--bootnodes', bootnodes.join(','), '--network.connectToDiscv5Bootnodes', 'true']),
    ...staticPeers.flatMap((address) => ['--directPeers', address]),
  ];
}
