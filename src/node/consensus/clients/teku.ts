import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';

const CONFIG_FILE = 'nodectl/teku.yaml';
/** Of the container's memory, for the Java heap; RocksDB, LevelDB and the network are outside it. */
const HEAP_SHARE = 0.6;

/** Flags: teku/src/main/java/tech/pegasys/teku/cli/options of 26.8.0; its words are `--name=value`. */
export const teku: ConsensusClient = {
  name: 'teku',
  title: 'Teku',
  // Newest seen on 2026-11-10.
  image: { repository: 'consensys/teku', tag: '26.10.3', version: '26.10.3' },
  memory: {
    // About 10 GiB on mainnet (26.4.0, ethstaker/eth-docker-docs, 2026-04); less is not measured.
    public: { minimum: 6 * GIB, comfortable: 10 * GIB },
    // Not measured.
    private: { minimum: 768 * MIB, comfortable: 1536 * MIB },
  },
  stopSignal: 'SIGTERM',
  stopTimeout: 60,
  traps: [],
  lost: [],
  command: (request) => ({
    args: [
      ...[`--config-file=${request.dataDirectory}/${CONFIG_FILE}`, `--data-path=${request.dataDirectory}`],
      ...networkWords(request),
      ...[`--ee-endpoint=${request.engineUrl}`, `--ee-jwt-secret-file=${request.jwtFile}`],
      ...['--rest-api-enabled=true', '--rest-api-interface=0.0.0.0', `--rest-api-port=${request.ports.rest}`],
      // It has no documented way to leave QUIC out: the port next to its own is not published.
      ...[`--p2p-port=${p2pPort(request)}`, `--p2p-quic-port=${p2pPort(request) + 1}`],
      ...['--data-storage-mode=MINIMAL', '--metrics-enabled=false', '--log-destination=CONSOLE', '--log-color-enabled=false'],
    ],
    // Its native libraries are unpacked before they are loaded, and /tmp lets nothing be loaded.
    env: {
      JAVA_OPTS: `-Xmx${Math.floor((request.memory * HEAP_SHARE) / MIB)}m -Djava.io.tmpdir=${request.dataDirectory}/nodectl -Djna.tmpdir=${request.dataDirectory}/nodectl`,
    },
  }),
  configFile: ({ checkpointUrl }) => ({
    path: CONFIG_FILE,
    content: ['logging: "INFO"', ...(checkpointUrl === null ? [] : [`checkpoint-sync-url: ${JSON.stringify(checkpointUrl)}`]), ''].join(
      '\n',
    ),
    mode: 0o600,
  }),
};

function networkWords({ network, files, bootnodes, staticPeers, checkpointUrl }: ClientRequest): readonly string[] {
  if (files === null) return [`--network=${network}`];
  return [
    ...[`--network=${files.config}`, `--genesis-state=${files.genesisState}`, '--p2p-discovery-site-local-addresses-enabled=true'],
    ...(checkpointUrl === null ? ['--ignore-weak-subjectivity-period-enabled=true'] : []),
    ...(bootnodes.length === 0 ? ['--p2p-discovery-enabled=false'] : [`--p2p-discovery-bootnodes=${bootnodes.join(',')}`]),
    ...(staticPeers.length === 0 ? [] : [`--p2p-static-peers=${staticPeers.join(',')}`]),
  ];
}
