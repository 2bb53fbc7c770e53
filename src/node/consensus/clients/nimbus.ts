import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';

const CONFIG_FILE = 'nodectl/nimbus.toml';

/** Flags: beacon_chain/conf.nim and the book's options page (status-im/nimbus-eth2); its words are `--name=value`. */
export const nimbus: ConsensusClient = {
  name: 'nimbus',
  title: 'Nimbus',
  // Newest seen on 2026-11-10.
  image: { repository: 'statusim/nimbus-eth2', tag: 'multiarch-v26.10.2', version: '26.10.2' },
  memory: {
    // About 5 GiB on mainnet (26.3.1, ethstaker/eth-docker-docs, 2026-04). Its book asks for 4 GB and says that far less works; half of that is not measured.
    public: { minimum: 2 * GIB, comfortable: 5 * GIB },
    // Not measured.
    private: { minimum: 256 * MIB, comfortable: 512 * MIB },
  },
  // The image's own STOPSIGNAL.
  stopSignal: 'SIGINT',
  stopTimeout: 60,
  traps: [
    { about: 'start', text: 'It begins from a checkpoint in a run of its own, which downloads the state before it follows the chain.' },
  ],
  lost: [],
  command: (request) => ({
    args: [
      ...everyRun(request),
      ...['--non-interactive', '--status-bar=false', `--el=${request.engineUrl}`, `--jwt-secret=${request.jwtFile}`],
      ...peerWords(request),
      ...['--rest', '--rest-address=0.0.0.0', `--rest-port=${request.ports.rest}`],
      ...[`--tcp-port=${p2pPort(request)}`, `--udp-port=${p2pPort(request)}`, '--nat=none', '--enr-auto-update=true'],
    ],
    env: {},
  }),
  configFile: ({ checkpointUrl }) => ({
    path: CONFIG_FILE,
    content: [
      'log-level = "INFO"',
      ...(checkpointUrl === null ? [] : ['', '[trustedNodeSync]', `trusted-node-url = ${JSON.stringify(checkpointUrl)}`]),
      '',
    ].join('\n'),
    mode: 0o600,
  }),
  // Older blocks come from peers afterwards.
  firstRun: (request) => ['trustedNodeSync', ...everyRun(request), '--backfill=false'],
};

function everyRun({ dataDirectory, network, files }: ClientRequest): readonly string[] {
  return [`--data-dir=${dataDirectory}`, `--config-file=${dataDirectory}/${CONFIG_FILE}`, `--network=${files?.directory ?? network}`];
}

/** A direct peer knows us by our key, so it must be the same after a restart; nothing but our peer id depends on that key. */
function peerWords({ bootnodes, staticPeers, dataDirectory }: ClientRequest): readonly string[] {
  const key = [`--netkey-file=${dataDirectory}/network_key.json`, '--insecure-netkey-password=true'];
  return [
    ...bootnodes.map((record) => `--bootstrap-node=${record}`),
    ...(staticPeers.length === 0 ? [] : key),
    ...staticPeers.map((address) => `--direct-peer=${address}`),
  ];
}
