import { inRange } from '../geth-version.ts';
import type { VersionRange } from './version-rows.ts';

interface FlagRow extends VersionRange {
  /** Flags, without dashes, separated by spaces. */
  readonly flags: string;
}

/**
 * Every flag of a running geth from 1.9.25 on, with its first and last version: read from cmd/geth/main.go and
 * cmd/utils/flags.go of every tag and compared with `geth --help` of real binaries. A flag that is not here is newer
 * than the table and is left to geth to judge.
 */
export const FLAG_ROWS: readonly FlagRow[] = [
  { flags: 'bootnodes cache cache.database cache.gc cache.noprefetch cache.preimages cache.snapshot cache.trie config datadir' },
  { flags: 'datadir.ancient dev dev.period discovery.dns ethstats exitwhensynced gcmode gpo.blocks gpo.maxprice gpo.percentile' },
  { flags: 'graphql graphql.corsdomain graphql.vhosts http http.addr http.api http.corsdomain http.port http.vhosts identity' },
  { flags: 'ipcdisable ipcpath keystore lightkdf maxpeers maxpendpeers metrics metrics.addr metrics.influxdb' },
  { flags: 'metrics.influxdb.database metrics.influxdb.endpoint metrics.influxdb.password metrics.influxdb.tags' },
  { flags: 'metrics.influxdb.username metrics.port miner.extradata miner.gaslimit miner.gasprice miner.recommit nat netrestrict' },
  { flags: 'networkid nodekey nodekeyhex nodiscover password pcscdpath port pprof pprof.addr pprof.blockprofilerate pprof.cpuprofile' },
  { flags: 'pprof.memprofilerate pprof.port rpc.gascap rpc.txfeecap signer snapshot syncmode txpool.accountqueue txpool.accountslots' },
  { flags: 'txpool.globalqueue txpool.globalslots txpool.journal txpool.lifetime txpool.locals txpool.nolocals txpool.pricebump' },
  { flags: 'txpool.pricelimit txpool.rejournal verbosity vmdebug vmodule ws ws.addr ws.api ws.origins ws.port' },
  { until: '1.9.25', flags: 'blockprofilerate bootnodesv4 bootnodesv5 cpuprofile etherbase extradata gasprice gpoblocks' },
  { until: '1.9.25', flags: 'gpopercentile lightpeers lightserv memprofilerate minerthreads pprofaddr pprofport shh' },
  { until: '1.9.25', flags: 'shh.maxmessagesize shh.pow shh.restrict-light targetgaslimit testnet wsaddr wsapi wsorigins wsport' },
  { until: '1.9.25', flags: 'graphql.addr graphql.port yolov2' },
  { until: '1.10.1', flags: 'backtrace debug' },
  { until: '1.10.4', flags: 'vm.evm vm.ewasm' },
  { until: '1.10.8', flags: 'rpc rpcaddr rpcapi rpccorsdomain rpcport rpcvhosts' },
  { until: '1.10.26', flags: 'miner.gastarget ropsten' },
  { until: '1.11.6', flags: 'ethash.cachedir ethash.cachesinmem ethash.cacheslockmmap ethash.cachesondisk ethash.dagdir' },
  { until: '1.11.6', flags: 'ethash.dagsinmem ethash.dagslockmmap ethash.dagsondisk fakepow miner.notify miner.noverify' },
  { until: '1.11.6', flags: 'miner.threads' },
  { until: '1.12.0', flags: 'rinkeby ulc.fraction ulc.onlyannounce ulc.servers' },
  { until: '1.14.8', flags: 'goerli' },
  { until: '1.14.13', flags: 'trace' },
  { until: '1.15.6', flags: 'nocompaction' },
  { until: '1.15.11', flags: 'light.egress light.ingress light.maxpeers light.nopruning light.serve' },
  { until: '1.17.3', flags: 'allow-insecure-unlock cache.trie.journal cache.trie.rejournal metrics.expensive mine miner.etherbase' },
  { until: '1.17.3', flags: 'nousb txlookuplimit unlock v5disc whitelist' },
  { since: '1.10.0', flags: 'datadir.minfreedisk http.rpcprefix log.json mainnet rpc.allow-unprotected-txs usb ws.rpcprefix' },
  { since: '1.10.0', until: '1.10.3', flags: 'override.berlin yolov3' },
  { since: '1.10.0', until: '1.15.8', flags: 'bloomfilter.size' },
  { since: '1.10.0', until: '1.15.11', flags: 'light.nosyncserve' },
  { since: '1.10.2', until: '1.11.6', flags: 'miner.notify.full' },
  { since: '1.10.2', until: '1.17.3', flags: 'log.backtrace log.debug' },
  { since: '1.10.3', until: '1.10.15', flags: 'catalyst' },
  { since: '1.10.4', flags: 'gpo.ignoreprice' },
  { since: '1.10.4', until: '1.10.7', flags: 'calaveras' },
  { since: '1.10.4', until: '1.10.11', flags: 'override.london' },
  { since: '1.10.8', flags: 'metrics.influxdb.bucket metrics.influxdb.organization metrics.influxdb.token metrics.influxdbv2' },
  { since: '1.10.10', flags: 'rpc.evmtimeout' },
  { since: '1.10.12', flags: 'sepolia' },
  { since: '1.10.12', until: '1.10.18', flags: 'override.arrowglacier' },
  { since: '1.10.13', flags: 'dev.gaslimit' },
  { since: '1.10.14', until: '1.10.26', flags: 'override.terminaltotaldifficulty' },
  { since: '1.10.17', flags: 'authrpc.addr authrpc.jwtsecret authrpc.port authrpc.vhosts eth.requiredblocks fdlimit' },
  { since: '1.10.17', until: '1.10.26', flags: 'kiln' },
  { since: '1.10.18', flags: 'remotedb' },
  { since: '1.10.19', until: '1.10.21', flags: 'override.grayglacier' },
  { since: '1.10.19', until: '1.10.26', flags: 'ignore-legacy-receipts' },
  { since: '1.10.20', flags: 'discovery.port' },
  { since: '1.10.22', flags: 'cache.blocklogs' },
  { since: '1.10.22', until: '1.10.26', flags: 'override.terminaltotaldifficultypassed' },
  { since: '1.11.0', flags: 'db.engine log.file synctarget' },
  { since: '1.11.0', until: '1.11.6', flags: 'override.shanghai' },
  { since: '1.11.0', until: '1.17.3', flags: 'miner.newpayload-timeout rpc.enabledeprecatedpersonal' },
  { since: '1.11.6', flags: 'log.compress log.format log.maxage log.maxbackups log.maxsize log.rotate log.vmodule' },
  { since: '1.12.0', flags: 'crypto.kzg' },
  { since: '1.12.0', until: '1.15.5', flags: 'override.cancun' },
  { since: '1.12.1', flags: 'blobpool.datacap blobpool.datadir blobpool.pricebump discovery.v4 discovery.v5 discv4 discv5' },
  { since: '1.12.1', flags: 'rpc.batch-request-limit rpc.batch-response-max-size' },
  { since: '1.12.1', until: '1.17.2', flags: 'override.verkle' },
  { since: '1.13.0', flags: 'history.state history.transactions state.scheme' },
  { since: '1.13.0', until: '1.17.5', flags: 'holesky' },
  { since: '1.14.0', flags: 'beacon.api beacon.api.header beacon.checkpoint beacon.config beacon.genesis.gvroot beacon.genesis.time' },
  { since: '1.14.0', flags: 'beacon.nofilter beacon.threshold miner.pending.feeRecipient vmtrace vmtrace.jsonconfig' },
  { since: '1.14.6', until: '1.14.9', flags: 'collectwitness' },
  { since: '1.15.0', flags: 'go-execution-trace' },
  { since: '1.15.6', flags: 'history.chain history.logs history.logs.disable history.logs.export hoodi' },
  { since: '1.15.6', until: '1.16.0', flags: 'override.prague' },
  { since: '1.15.8', flags: 'beacon.checkpoint.file' },
  { since: '1.16.0', flags: 'datadir.era' },
  { since: '1.16.1', flags: 'override.osaka' },
  { since: '1.16.4', flags: 'override.bpo1 override.bpo2 rpc.logquerylimit state.size-tracking stateless-self-validation vmwitnessstats' },
  { since: '1.16.6', flags: 'override.genesis rpc.txsync.defaulttimeout rpc.txsync.maxtimeout' },
  { since: '1.17.0', flags: 'debug.logslowblock history.trienode history.trienode.full-value-checkpoint miner.maxblobs pyroscope' },
  { since: '1.17.0', flags: 'pyroscope.password pyroscope.server pyroscope.tags pyroscope.username rpc.rangelimit rpc.telemetry' },
  { since: '1.17.0', flags: 'rpc.telemetry.endpoint rpc.telemetry.instance-id rpc.telemetry.password rpc.telemetry.sample-ratio' },
  { since: '1.17.0', flags: 'rpc.telemetry.tags rpc.telemetry.username' },
  { since: '1.17.1', flags: 'metrics.influxdb.interval' },
  { since: '1.17.3', flags: 'bintrie.groupdepth override.ubt' },
  { since: '1.17.4', flags: 'snap.v2' },
  { since: '1.17.5', flags: 'blobpool.fetchprobability engine.maxreorgdepth gogc memorylimit override.amsterdam rpc.http-body-limit' },
  { since: '1.17.6', flags: 'cache.noprecompile' },
];

const BY_NAME: ReadonlyMap<string, VersionRange> = new Map(FLAG_ROWS.flatMap((row) => row.flags.split(' ').map((flag) => [flag, row])));

/** The versions that have a flag (without dashes); undefined for a flag the table does not know. */
export function flagRange(flag: string): VersionRange | undefined {
  return BY_NAME.get(flag);
}

/** True when the table knows that the version has the flag. */
export function hasFlag(flag: string, version: string): boolean {
  const range = BY_NAME.get(flag);
  return range !== undefined && inRange(version, range);
}
