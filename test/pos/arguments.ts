import type { NetworkFiles } from './make-files.ts';

/** Where one pair listens. */
export interface PairPorts {
  readonly rpc: number;
  readonly engine: number;
  readonly geth: number;
  readonly rest: number;
  readonly grpc: number;
  readonly beacon: number;
}

/** Everything the programs of a pair are told. */
export interface PairRequest {
  readonly files: NetworkFiles;
  readonly chainId: number;
  /** The address that this machine and its containers both reach. */
  readonly host: string;
  readonly ports: PairPorts;
  readonly gethData: string;
  readonly beaconData: string;
  /** The key of the engine API. */
  readonly jwt: string;
  /** Multiaddresses of beacon nodes to stay connected to. */
  readonly beaconPeers: readonly string[];
}

/** Clients in containers come one after another from the same address; Prysm takes the sixth of them for bad. */
const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const FEE_RECIPIENT = '0x00000000000000000000000000000000000000fe';

/** Geth's words. Its cache is small, because its logs on disk are made as large at once. */
export function gethArguments({ chainId, host, ports, gethData, jwt }: PairRequest): string[] {
  return [
    `--datadir=${gethData}`,
    `--networkid=${chainId}`,
    '--syncmode=full',
    '--cache=64',
    '--nodiscover',
    `--port=${ports.geth}`,
    `--nat=extip:${host}`,
    '--http',
    `--http.addr=${host}`,
    `--http.port=${ports.rpc}`,
    '--http.api=eth,net,web3',
    '--http.vhosts=*',
    '--authrpc.addr=127.0.0.1',
    `--authrpc.port=${ports.engine}`,
    `--authrpc.jwtsecret=${jwt}`,
  ];
}

/** The beacon node's words. Its key stays, so that it is the same peer after a restart; it restarts at its head, or it would be stuck. */
export function beaconArguments({ files, chainId, host, ports, beaconData, jwt, beaconPeers }: PairRequest): string[] {
  return [
    '--accept-terms-of-use',
    `--datadir=${beaconData}`,
    `--chain-config-file=${files.config}`,
    `--genesis-state=${files.genesisState}`,
    `--chain-id=${chainId}`,
    `--network-id=${chainId}`,
    '--contract-deployment-block=0',
    '--interop-eth1data-votes',
    `--execution-endpoint=http://127.0.0.1:${ports.engine}`,
    `--jwt-secret=${jwt}`,
    `--suggested-fee-recipient=${FEE_RECIPIENT}`,
    '--sync-from=head',
    '--min-sync-peers=0',
    '--minimum-peers-per-subnet=0',
    '--bootstrap-node=',
    ...beaconPeers.map((address) => `--peer=${address}`),
    '--p2p-static-id',
    ...PRIVATE_NETWORKS.map((range) => `--p2p-colocation-whitelist=${range}`),
    '--disable-quic',
    `--p2p-local-ip=${host}`,
    `--p2p-host-ip=${host}`,
    `--p2p-tcp-port=${ports.beacon}`,
    `--p2p-udp-port=${ports.beacon}`,
    '--rpc-host=127.0.0.1',
    `--rpc-port=${ports.grpc}`,
    `--http-host=${host}`,
    `--http-port=${ports.rest}`,
    '--disable-monitoring',
    '--enable-light-client',
  ];
}

/** The validator's words: it makes the keys of all validators from their numbers. */
export function validatorArguments(config: string, validators: number, grpc: number, data: string): string[] {
  return [
    '--accept-terms-of-use',
    `--datadir=${data}`,
    `--chain-config-file=${config}`,
    `--interop-num-validators=${validators}`,
    '--interop-start-index=0',
    `--beacon-rpc-provider=127.0.0.1:${grpc}`,
    `--suggested-fee-recipient=${FEE_RECIPIENT}`,
    '--disable-monitoring',
  ];
}
