import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';

/** Flags: grandine/src/grandine_args.rs of 2.0.0 (grandinetech/grandine). */
export const grandine: ConsensusClient = {
  name: 'grandine',
  title: 'Grandine',
  // The newest exact tag that was seen in use (2026-07); newer ones may be under the moving tag `stable` alone.
  image: { repository: 'sifrai/grandine', tag: '2.0.5', version: '2.0.5' },
  memory: {
    // About 2.5 GB on mainnet, says its README (2025); what comfortable means is not measured.
    public: { minimum: 3 * GIB, comfortable: 5 * GIB },
    // Not measured.
    private: { minimum: 384 * MIB, comfortable: 768 * MIB },
  },
  entrypoint: ['grandine'],
  stopSignal: 'SIGTERM',
  stopTimeout: 60,
  traps: [{ about: 'start', text: 'It has no configuration file: the address of its checkpoint provider stands in its arguments.' }],
  lost: [],
  command: (request) => ({
    args: [
      ...['--data-dir', request.dataDirectory],
      ...networkWords(request),
      ...(request.checkpointUrl === null ? [] : ['--checkpoint-sync-url', request.checkpointUrl]),
      ...['--eth1-rpc-urls', request.engineUrl, '--jwt-secret', request.jwtFile],
      ...['--http-address', '0.0.0.0', '--http-port', String(request.ports.rest)],
      ...['--listen-address', '0.0.0.0', '--libp2p-port', String(p2pPort(request)), '--discovery-port', String(p2pPort(request))],
      ...['--disable-quic', '--disable-upnp'],
    ],
    env: {},
  }),
};

function networkWords({ network, files, bootnodes, staticPeers }: ClientRequest): readonly string[] {
  if (files === null) return ['--network', String(network)];
  return [
    ...['--network', 'custom', '--configuration-directory', files.directory, '--enable-private-discovery'],
    ...(bootnodes.length === 0 ? [] : ['--boot-nodes', bootnodes.join(',')]),
    ...(staticPeers.length === 0 ? [] : ['--libp2p-nodes', staticPeers.join(',')]),
  ];
}
