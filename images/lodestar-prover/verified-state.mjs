// Accounts, storage and code as an execution server tells them, each proved against the state root of a verified header by the
// functions of @lodestar/prover.
import { Falsehood } from './upstreams.mjs';

const PROOF_BYTES = 8 << 20;
const NO_HASH = `0x${'0'.repeat(64)}`;
const EMPTY_CODE = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470';
const EMPTY_TRIE = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';

/** The package does not export them by name. Loaded after the beacon chain's library: its sizes are fixed then. */
async function loadProofs() {
  return import(new URL('utils/validation.js', import.meta.resolve('@lodestar/prover')).href);
}

export async function verifiedState({ execution, log }) {
  const { isValidAccount, isValidStorageKeys, isValidCodeHash } = await loadProofs();
  const logger = { error: (message, _context, error) => log(`${message}: ${error?.message ?? ''}`) };

  const call = (method, params, judge) =>
    execution.ask({ body: { jsonrpc: '2.0', id: 1, method, params }, maxBytes: PROOF_BYTES }, async (answer) => {
      if (answer?.error !== undefined || answer?.result === undefined) throw new Error(`it refused ${method}`);
      return judge(answer.result);
    });

  /** An account with the given storage slots; throws Falsehood where no server can prove it. */
  const account = (address, slots, header) =>
    call('eth_getProof', [address, slots, { blockHash: header.hash }], async (told) => {
      const { stateRoot } = header;
      const proof = withEmptyHashes(told);
      const proved = (await isValidAccount({ address, stateRoot, proof, logger })) && (await provesSlots(slots, proof));
      if (!proved) throw new Falsehood(`its proof of ${address} does not hold`);
      return proof;
    });

  /** Of an account that is not there, geth tells zeros where the proof of its absence stands for the hashes of nothing. */
  function withEmptyHashes({ codeHash, storageHash, ...proof }) {
    const or = (hash, empty) => (hash === NO_HASH ? empty : hash);
    return { ...proof, codeHash: or(codeHash, EMPTY_CODE), storageHash: or(storageHash, EMPTY_TRIE) };
  }

  async function provesSlots(slots, proof) {
    if (proof.storageProof.length !== slots.length) return false;
    if (proof.storageHash === EMPTY_TRIE) return proof.storageProof.every(({ value }) => BigInt(value) === 0n);
    return isValidStorageKeys({ storageKeys: slots, proof, logger });
  }

  async function code(address, header) {
    const { codeHash } = await account(address, [], header);
    return call('eth_getCode', [address, { blockHash: header.hash }], async (codeResponse) => {
      if (!(await isValidCodeHash({ codeHash, codeResponse, logger }))) throw new Falsehood(`the code of ${address} has another hash`);
      return codeResponse;
    });
  }

  const send = (raw) => call('eth_sendRawTransaction', [raw], (hash) => hash);
  return { account, code, send };
}
