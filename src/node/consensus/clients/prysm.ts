import { GIB, MIB } from '../../size.ts';
import { p2pPort } from '../client-ports.ts';
import type { ClientRequest, ConsensusClient } from '../consensus-client.ts';
import { readServed } from '../read-served.ts';

const CONFIG_FILE = 'nodectl/prysm.yaml';
/** Of the container's memory, for the Go heap; its database is mapped files, which the kernel can drop. */
const HEAP_SHARE = 0.75;

/** Flags: cmd/beacon-chain/usage.go of v7.0.0 and v7.1.6; a test compares them with the binary's `--help`. */
export const prysm: ConsensusClient = {
  name: 'prysm',
  title: 'Prysm',
  // Newest seen on 2026-11-10.
  image: { repository: 'gcr.io/offchainlabs/prysm/beacon-chain', tag: 'v7.3.1', version: '7.3.1' },
  // The newest that the module proxy had in 2026-11.
  build: { reference: 'nodectl/prysm:v7.0.0', version: '7.0.0' },
  memory: {
    // About 9 GiB on mainnet (7.1.3, ethstaker/eth-docker-docs, 2026-04); less is not measured.
    public: { minimum: 4 * GIB, comfortable: 9 * GIB },
    // 274 MB with 16 validators in the chain (7.0.0, measured 2026-11).
    private: { minimum: 384 * MIB, comfortable: 512 * MIB },
  },
  stopSignal: 'SIGTERM',
  // Up to 2.7 s, exit code 0 (7.0.0, measured 2026-11).
  stopTimeout: 60,
  traps: [
    {
      about: 'health',
      text: 'Its health answer stays 200 and el_offline false while geth is gone; only its head stands still (7.0.0, measured 2026-11).',
    },
    {
      about: 'restart',
      text: 'On a chain of one node it goes on from the justified block, which geth refuses; nodectl then starts it with --sync-from head.',
    },
    {
      about: 'kill',
      text: 'Killed, it begins again at its last finalized block and is back after half a minute; on a chain of one node after geth was killed it is not.',
    },
    {
      about: 'start',
      text: 'It takes whatever finalized state its provider serves at that moment, maybe an epoch later than the one that was agreed on.',
    },
    {
      about: 'start',
      text: 'It does not compare that state with the block it begins at; nodectl does, by the roots in its log (sync/checkpoint of 7.0.0).',
    },
  ],
  // http://HOST/path became http://HOST/eth/v2/debug/beacon/states/finalized (7.0.0, seen 2026-11).
  dropsPath: true,
  lost: [{ network: 'sepolia', until: '7.0.0', reason: 'it is older than the Gloas fork that Sepolia has had since 2026-10-06' }],
  command: (request) => ({
    args: [
      ...['--accept-terms-of-use', '--datadir', request.dataDirectory, '--config-file', `${request.dataDirectory}/${CONFIG_FILE}`],
      ...networkWords(request),
      ...['--execution-endpoint', request.engineUrl, '--jwt-secret', request.jwtFile],
      ...['--http-host', '0.0.0.0', '--http-port', String(request.ports.rest)],
      ...['--p2p-tcp-port', String(p2pPort(request)), '--p2p-udp-port', String(p2pPort(request)), '--disable-quic'],
      // Its peer id is part of the address that other nodes keep to.
      ...['--p2p-static-id', '--disable-monitoring'],
    ],
    env: { GOMEMLIMIT: `${Math.floor((request.memory * HEAP_SHARE) / MIB)}MiB` },
  }),
  served: (line) => (line.includes('Downloaded checkpoint sync state and block') ? readServed(line) : undefined),
  // Where it has no genesis state of its own, as for Sepolia and Hoodi, it asks the same provider for it.
  configFile: ({ checkpointUrl }) => ({
    path: CONFIG_FILE,
    content: ['verbosity: info', ...(checkpointUrl === null ? [] : [`checkpoint-sync-url: ${JSON.stringify(checkpointUrl)}`]), ''].join(
      '\n',
    ),
    mode: 0o600,
  }),
};

function networkWords({ network, files, bootnodes, staticPeers }: ClientRequest): readonly string[] {
  if (files === null) return [`--${network}`];
  const alone = bootnodes.length + staticPeers.length === 0;
  return [
    ...['--chain-config-file', files.config, '--genesis-state', files.genesisState, '--contract-deployment-block', '0'],
    // A chain of one node has nobody to wait for, and nobody from whom to get again what lies behind its justified block.
    ...(alone ? ['--min-sync-peers', '0', '--sync-from', 'head'] : ['--min-sync-peers', '1']),
    // Not --no-discovery: without a record of its own it answers /eth/v1/node/identity with 500.
    ...(bootnodes.length === 0 ? ['--bootstrap-node='] : bootnodes.flatMap((record) => ['--bootstrap-node', record])),
    ...staticPeers.flatMap((address) => ['--peer', address]),
  ];
}
