import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';

/** Flags: the book's help_bn page (lighthouse-book.sigmaprime.io, 2026). */
export const lighthouse: ConsensusClient = {
  name: 'lighthouse',
  title: 'Lighthouse',
  // Newest seen on 2026-11-10.
  image: { repository: 'sigp/lighthouse', tag: 'v8.3.3', version: '8.3.3' },
  memory: {
    // About 14 GiB on mainnet (8.1.3, ethstaker/eth-docker-docs, 2026-04); less is not measured.
    public: { minimum: 6 * GIB, comfortable: 14 * GIB },
    // Not measured.
    private: { minimum: 512 * MIB, comfortable: GIB },
  },
  // The image has none.
  entrypoint: ['lighthouse'],
  stopSignal: 'SIGTERM',
  stopTimeout: 60,
  traps: [{ about: 'start', text: 'It has no configuration file: the address of its checkpoint provider stands in its arguments.' }],
  lost: [],
  command: (request) => ({
    args: [
      ...['beacon_node', '--datadir', request.dataDirectory],
      ...networkWords(request),
      ...(request.checkpointUrl === null ? ['--allow-insecure-genesis-sync'] : ['--checkpoint-sync-url', request.checkpointUrl]),
      ...['--execution-endpoint', request.engineUrl, '--execution-jwt', request.jwtFile],
      ...['--http', '--http-address', '0.0.0.0', '--http-port', String(request.ports.rest)],
      ...['--listen-address', '0.0.0.0', '--port', String(p2pPort(request)), '--disable-quic', '--disable-upnp'],
      // The engine keeps its log.
      ...['--logfile-max-number', '0'],
    ],
    env: {},
  }),
};

function networkWords({ network, files, bootnodes, staticPeers }: ClientRequest): readonly string[] {
  if (files === null) return ['--network', String(network)];
  return [
    ...['--testnet-dir', files.directory, '--enable-private-discovery'],
    ...(bootnodes.length === 0 ? [] : ['--boot-nodes', bootnodes.join(',')]),
    ...(staticPeers.length === 0 ? [] : ['--libp2p-addresses', staticPeers.join(',')]),
  ];
}
