import { describe, expect, test } from 'vitest';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';
import type { ClientRequest } from '../../../src/node/consensus/consensus-client.ts';
import type { ConsensusClientName } from '../../../src/node/consensus/consensus-spec.ts';
import { PRIVATE, PUBLIC } from './client-request.ts';

/** The words of a client, one option with its value a line. */
function words(name: ConsensusClientName, request: ClientRequest): readonly string[] {
  const { args } = consensusClient(name).command(request);
  return args.join(' ').split(/ (?=--)/);
}

const env = (name: ConsensusClientName, request: ClientRequest) => consensusClient(name).command(request).env;

const ENR = 'enr:-one,enr:-two';
const PEERS = '/ip4/10.0.0.5/tcp/9000/p2p/16Uiu2A,/ip4/10.0.0.6/tcp/9000/p2p/16Uiu2B';

test('Nimbus', () => {
  expect(words('nimbus', PUBLIC)).toEqual([
    '--data-dir=/data',
    '--config-file=/data/nodectl/nimbus.toml',
    '--network=mainnet',
    '--non-interactive',
    '--status-bar=false',
    '--el=http://nodectl-home:8551',
    '--jwt-secret=/secret/jwt.hex',
    '--rest',
    '--rest-address=0.0.0.0',
    '--rest-port=5052',
    '--tcp-port=9100',
    '--udp-port=9100',
    '--nat=none',
    '--enr-auto-update=true',
  ]);
  expect(words('nimbus', PRIVATE)).toEqual([
    '--data-dir=/data',
    '--config-file=/data/nodectl/nimbus.toml',
    '--network=/data/nodectl/network',
    '--non-interactive',
    '--status-bar=false',
    '--el=http://nodectl-home:8551',
    '--jwt-secret=/secret/jwt.hex',
    '--bootstrap-node=enr:-one',
    '--bootstrap-node=enr:-two',
    '--netkey-file=/data/network_key.json',
    '--insecure-netkey-password=true',
    '--direct-peer=/ip4/10.0.0.5/tcp/9000/p2p/16Uiu2A',
    '--direct-peer=/ip4/10.0.0.6/tcp/9000/p2p/16Uiu2B',
    '--rest',
    '--rest-address=0.0.0.0',
    '--rest-port=5052',
    '--tcp-port=9000',
    '--udp-port=9000',
    '--nat=none',
    '--enr-auto-update=true',
  ]);
  expect(consensusClient('nimbus').firstRun?.(PUBLIC)).toEqual([
    'trustedNodeSync',
    '--data-dir=/data',
    '--config-file=/data/nodectl/nimbus.toml',
    '--network=mainnet',
    '--backfill=false',
  ]);
});

test('Lighthouse', () => {
  expect(words('lighthouse', PUBLIC)).toEqual([
    'beacon_node',
    '--datadir /data',
    '--network mainnet',
    '--checkpoint-sync-url https://checkpoint.example',
    '--execution-endpoint http://nodectl-home:8551',
    '--execution-jwt /secret/jwt.hex',
    '--http',
    '--http-address 0.0.0.0',
    '--http-port 5052',
    '--listen-address 0.0.0.0',
    '--port 9100',
    '--disable-quic',
    '--disable-upnp',
    '--logfile-max-number 0',
  ]);
  expect(words('lighthouse', PRIVATE)).toEqual([
    'beacon_node',
    '--datadir /data',
    '--testnet-dir /data/nodectl/network',
    '--enable-private-discovery',
    `--boot-nodes ${ENR}`,
    `--libp2p-addresses ${PEERS}`,
    '--allow-insecure-genesis-sync',
    '--execution-endpoint http://nodectl-home:8551',
    '--execution-jwt /secret/jwt.hex',
    '--http',
    '--http-address 0.0.0.0',
    '--http-port 5052',
    '--listen-address 0.0.0.0',
    '--port 9000',
    '--disable-quic',
    '--disable-upnp',
    '--logfile-max-number 0',
  ]);
});

test('Lodestar', () => {
  expect(words('lodestar', PUBLIC)).toEqual([
    'beacon',
    '--dataDir /data',
    '--rcConfig /data/nodectl/lodestar.yaml',
    '--network mainnet',
    '--execution.urls http://nodectl-home:8551',
    '--jwtSecret /secret/jwt.hex',
    '--rest true',
    '--rest.address 0.0.0.0',
    '--rest.port 5052',
    '--listenAddress 0.0.0.0',
    '--port 9100',
    '--discoveryPort 9100',
    '--quic false',
    '--metrics false',
  ]);
  expect(words('lodestar', PRIVATE)).toEqual([
    'beacon',
    '--dataDir /data',
    '--rcConfig /data/nodectl/lodestar.yaml',
    '--paramsFile /data/nodectl/network/config.yaml',
    '--genesisStateFile /data/nodectl/network/genesis.ssz',
    `--bootnodes ${ENR}`,
    '--network.connectToDiscv5Bootnodes true',
    '--directPeers /ip4/10.0.0.5/tcp/9000/p2p/16Uiu2A',
    '--directPeers /ip4/10.0.0.6/tcp/9000/p2p/16Uiu2B',
    '--execution.urls http://nodectl-home:8551',
    '--jwtSecret /secret/jwt.hex',
    '--rest true',
    '--rest.address 0.0.0.0',
    '--rest.port 5052',
    '--listenAddress 0.0.0.0',
    '--port 9000',
    '--discoveryPort 9000',
    '--quic false',
    '--metrics false',
  ]);
  expect(env('lodestar', PUBLIC)).toEqual({ NODE_OPTIONS: '--max-old-space-size=2457' });
});

test('Prysm', () => {
  const before = ['--accept-terms-of-use', '--datadir /data', '--config-file /data/nodectl/prysm.yaml'];
  const after = (p2p: number) => [
    '--execution-endpoint http://nodectl-home:8551',
    '--jwt-secret /secret/jwt.hex',
    '--http-host 0.0.0.0',
    '--http-port 5052',
    `--p2p-tcp-port ${p2p}`,
    `--p2p-udp-port ${p2p}`,
    '--disable-quic',
    '--p2p-static-id',
    '--disable-monitoring',
  ];
  expect(words('prysm', PUBLIC)).toEqual([...before, '--mainnet', ...after(9100)]);
  expect(words('prysm', PRIVATE)).toEqual([
    ...before,
    '--chain-config-file /data/nodectl/network/config.yaml',
    '--genesis-state /data/nodectl/network/genesis.ssz',
    '--contract-deployment-block 0',
    '--min-sync-peers 1',
    '--bootstrap-node enr:-one',
    '--bootstrap-node enr:-two',
    '--peer /ip4/10.0.0.5/tcp/9000/p2p/16Uiu2A',
    '--peer /ip4/10.0.0.6/tcp/9000/p2p/16Uiu2B',
    ...after(9000),
  ]);
  expect(env('prysm', PRIVATE)).toEqual({ GOMEMLIMIT: '768MiB' });
});

test('Prysm alone on its network waits for nobody', () => {
  expect(words('prysm', { ...PRIVATE, bootnodes: [], staticPeers: [] })).toEqual(
    expect.arrayContaining(['--min-sync-peers 0', '--sync-from head', '--bootstrap-node=']),
  );
});

test('Teku', () => {
  const before = ['--config-file=/data/nodectl/teku.yaml', '--data-path=/data'];
  const after = (p2p: number) => [
    '--ee-endpoint=http://nodectl-home:8551',
    '--ee-jwt-secret-file=/secret/jwt.hex',
    '--rest-api-enabled=true',
    '--rest-api-interface=0.0.0.0',
    '--rest-api-port=5052',
    `--p2p-port=${p2p}`,
    `--p2p-quic-port=${p2p + 1}`,
    '--data-storage-mode=MINIMAL',
    '--metrics-enabled=false',
    '--log-destination=CONSOLE',
    '--log-color-enabled=false',
  ];
  expect(words('teku', PUBLIC)).toEqual([...before, '--network=mainnet', ...after(9100)]);
  expect(words('teku', PRIVATE)).toEqual([
    ...before,
    '--network=/data/nodectl/network/config.yaml',
    '--genesis-state=/data/nodectl/network/genesis.ssz',
    '--p2p-discovery-site-local-addresses-enabled=true',
    '--ignore-weak-subjectivity-period-enabled=true',
    `--p2p-discovery-bootnodes=${ENR}`,
    `--p2p-static-peers=${PEERS}`,
    ...after(9000),
  ]);
  expect(env('teku', PRIVATE)).toEqual({ JAVA_OPTS: '-Xmx614m -Djava.io.tmpdir=/data/nodectl -Djna.tmpdir=/data/nodectl' });
});

test('Grandine', () => {
  const after = (p2p: number) => [
    '--eth1-rpc-urls http://nodectl-home:8551',
    '--jwt-secret /secret/jwt.hex',
    '--http-address 0.0.0.0',
    '--http-port 5052',
    '--listen-address 0.0.0.0',
    `--libp2p-port ${p2p}`,
    `--discovery-port ${p2p}`,
    '--disable-quic',
    '--disable-upnp',
  ];
  expect(words('grandine', PUBLIC)).toEqual([
    '--data-dir /data',
    '--network mainnet',
    '--checkpoint-sync-url https://checkpoint.example',
    ...after(9100),
  ]);
  expect(words('grandine', PRIVATE)).toEqual([
    '--data-dir /data',
    '--network custom',
    '--configuration-directory /data/nodectl/network',
    '--enable-private-discovery',
    `--boot-nodes ${ENR}`,
    `--libp2p-nodes ${PEERS}`,
    ...after(9000),
  ]);
});

describe('a checkpoint file', () => {
  const content = (name: ConsensusClientName, request: ClientRequest) => consensusClient(name).configFile?.(request);

  test.each([
    ['nimbus', 'nodectl/nimbus.toml', 'log-level = "INFO"\n\n[trustedNodeSync]\ntrusted-node-url = "https://checkpoint.example"\n'],
    ['lodestar', 'nodectl/lodestar.yaml', 'logLevel: info\ncheckpointSyncUrl: "https://checkpoint.example"\n'],
    ['prysm', 'nodectl/prysm.yaml', 'verbosity: info\ncheckpoint-sync-url: "https://checkpoint.example"\n'],
    ['teku', 'nodectl/teku.yaml', 'logging: "INFO"\ncheckpoint-sync-url: "https://checkpoint.example"\n'],
  ] as const)('of %s holds the provider, for nobody else to read', (name, path, text) => {
    expect(content(name, PUBLIC)).toEqual({ path, content: text, mode: 0o600 });
  });

  test.each(['nimbus', 'lodestar', 'prysm', 'teku'] as const)('of %s is there without a provider too, as the words name it', (name) => {
    expect(content(name, PRIVATE)?.content).toMatch(/^\S+[^\n]*info"?\n$/i);
  });
});
