// The JSON-RPC methods of this light client: only what it can prove, and what needs no proof.
import { Falsehood } from './upstreams.mjs';

/** What @lodestar/prover answers, too. */
const VERIFICATION_FAILED = -33091;
const NOT_READY = -32002;
const UPSTREAM_FAILED = -32003;
const NO_SUCH_METHOD = -32601;
const BAD_PARAMETERS = -32602;

export class RpcError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const quantity = (number) => `0x${BigInt(number).toString(16)}`;

/** `light` has `chain` and `state` once it is ready, and tells of itself by `report`. */
export function methods(light) {
  const ready = () => {
    const { chain, state } = light;
    if (chain?.head() === undefined || state === undefined) throw new RpcError(NOT_READY, 'still syncing: no verified header yet');
    return { chain, state };
  };
  const at = (block) => {
    const { chain, state } = ready();
    const header = [undefined, null, 'latest', 'pending'].includes(block)
      ? chain.head()
      : block === 'finalized'
        ? chain.finalized()
        : named(block);
    if (header === undefined) throw new RpcError(BAD_PARAMETERS, 'only the blocks latest and finalized can be proved');
    return { header, state };
  };
  const named = (block) => [light.chain.head(), light.chain.finalized()].find((one) => one !== undefined && quantity(one.number) === block);
  const account = async (address, slots, block) => {
    const { header, state } = at(block);
    return state.account(text(address, /^0x[0-9a-f]{40}$/i), slots, header);
  };
  const slot = (key) =>
    `0x${text(key, /^0x[0-9a-f]{1,64}$/i)
      .slice(2)
      .padStart(64, '0')}`;
  return {
    eth_chainId: async () => quantity(ready().chain.chainId),
    net_version: async () => String(ready().chain.chainId),
    web3_clientVersion: async () => light.version,
    eth_syncing: async () => ready() && false,
    eth_blockNumber: async () => quantity(ready().chain.head().number),
    eth_getBalance: async ([address, block]) => (await account(address, [], block)).balance,
    eth_getTransactionCount: async ([address, block]) => (await account(address, [], block)).nonce,
    eth_getStorageAt: async ([address, key, block]) => {
      const [found] = (await account(address, [slot(key)], block)).storageProof;
      return `0x${BigInt(found.value).toString(16).padStart(64, '0')}`;
    },
    eth_getProof: async ([address, keys, block]) => account(address, (keys ?? []).slice(0, 64).map(slot), block),
    eth_getCode: async ([address, block]) => {
      const { header, state } = at(block);
      return state.code(text(address, /^0x[0-9a-f]{40}$/i), header);
    },
    eth_sendRawTransaction: async ([raw]) => ready().state.send(text(raw, /^0x[0-9a-f]+$/i)),
    /** For `nodectl status`. */
    nodectl_light: async () => light.report(),
  };
}

function text(value, pattern) {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new RpcError(BAD_PARAMETERS, 'invalid parameters');
}

/** The answer to one call, never a rejection. */
export async function answer(request, table, light) {
  const { id = null, method, params } = request ?? {};
  const failure = (code, message) => ({ jsonrpc: '2.0', id, error: { code, message } });
  if (!Object.hasOwn(table, method)) {
    return failure(NO_SUCH_METHOD, `${String(method).slice(0, 60)} is not served: this light client answers only what it can prove`);
  }
  try {
    return { jsonrpc: '2.0', id, result: await table[method](Array.isArray(params) ? params : []) };
  } catch (error) {
    if (error instanceof RpcError) return failure(error.code, error.message);
    if (error instanceof Falsehood) {
      light.refused = { count: (light.refused?.count ?? 0) + 1, method, at: Date.now() };
      return failure(VERIFICATION_FAILED, `verification for '${method}' request failed.`);
    }
    return failure(UPSTREAM_FAILED, `no execution server answered: ${error.message}`);
  }
}
