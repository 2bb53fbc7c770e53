import { HTTP_PORT, WS_PORT } from '../../container-paths.ts';
import { readHead } from '../../rpc-facts.ts';
import type { LightBackend } from '../light-backend.ts';

/**
 * Status's verified proxy (nimbus-eth1, `nimbus_verified_proxy/`; README and nimbus_verified_proxy_conf.nim of 2026-10). Its
 * image's entrypoint reads `/config/proxy.toml`, whose keys are the long options. It checks the chain id of each upstream itself.
 */
export const nimbusVerifiedProxy: LightBackend = {
  name: 'nimbus-verified-proxy',
  title: 'Nimbus Verified Proxy',
  // No tag of a release is known to exist; `master` is what its workflow pushes. `up` pins the digest that it gets.
  image: { reference: 'statusim/nimbus-verified-proxy:master', origin: 'pulled' },
  program: 'nimbus_verified_proxy',
  mount: '/config',
  args: [],
  configFile: (request) => ({
    path: 'proxy.toml',
    mode: 0o600,
    content: [
      `network = ${quoted(request.network ?? '')}`,
      `trusted-block-root = ${quoted(request.trustedRoot)}`,
      `execution-api-url = ${list(request.executionRpcs)}`,
      `beacon-api-url = ${list(request.beaconApis)}`,
      `listen-url = ${list([`http://0.0.0.0:${HTTP_PORT}`, `ws://0.0.0.0:${WS_PORT}`])}`,
      // It writes its whole configuration to the log at NOTICE, and an address that fails at ERROR.
      `log-level = ${quoted(request.discreet ? 'FATAL' : 'INFO')}`,
      'log-format = "nocolors"',
      '',
    ].join('\n'),
  }),
  ws: true,
  // "Couldn't get the latest header, still syncing?" until it has one; eth_syncing is always false.
  readiness: { method: 'eth_blockNumber', params: [] },
  report: { method: 'eth_getBlockByNumber', params: ['latest', false] },
  readReport: (result) => ({ head: readHead(result), finalized: undefined, upstreams: [], refused: undefined }),
  stopSignal: 'SIGINT',
  stopTimeout: 20,
  methods: [
    ...['eth_chainId', 'eth_blockNumber', 'eth_syncing', 'eth_getBalance', 'eth_getStorageAt', 'eth_getTransactionCount', 'eth_getCode'],
    ...['eth_getProof', 'eth_call', 'eth_createAccessList', 'eth_estimateGas', 'eth_getBlockByHash', 'eth_getBlockByNumber'],
    ...['eth_getUncleCountByBlockHash', 'eth_getUncleCountByBlockNumber', 'eth_getBlockTransactionCountByHash'],
    ...['eth_getBlockTransactionCountByNumber', 'eth_getTransactionByHash', 'eth_getTransactionByBlockHashAndIndex'],
    ...['eth_getTransactionByBlockNumberAndIndex', 'eth_getTransactionReceipt', 'eth_getBlockReceipts', 'eth_getLogs', 'eth_newFilter'],
    ...['eth_uninstallFilter', 'eth_getFilterLogs', 'eth_getFilterChanges', 'eth_gasPrice', 'eth_maxPriorityFeePerGas', 'eth_feeHistory'],
    ...['eth_blobBaseFee', 'eth_sendRawTransaction'],
  ],
  limits: [
    'It has no net_, web3_, txpool_, admin_ or debug_ methods.',
    'Old blocks and long eth_getLogs ranges are proved by walking at most 1000 headers back.',
    'Its authors call it experimental.',
  ],
  networks: ['mainnet', 'sepolia', 'hoodi'],
  privateNetworks: false,
  forks: [],
};

/** A TOML basic string; JSON's escapes are all TOML's, too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}
