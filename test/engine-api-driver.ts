import { createConnection, type Socket } from 'node:net';

/** JSON-RPC over geth's IPC file, where it serves every namespace, the engine API without a token too. */
export interface Ipc {
  call<T>(method: string, params: readonly unknown[]): Promise<T>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly result: unknown;
  readonly error?: { readonly message: string };
}

interface Block {
  readonly number: string;
  readonly hash: string;
  readonly timestamp: string;
  readonly parentBeaconBlockRoot: string;
  /** From Prague on. */
  readonly requestsHash?: string;
  readonly [field: string]: unknown;
}

interface Judgement {
  readonly status: 'VALID' | 'INVALID' | 'SYNCING' | 'ACCEPTED';
  readonly validationError: string | null;
}

const NOTHING = `0x${'00'.repeat(32)}`;
const LONGEST_WAIT = 60_000;

/** Connects to a node's IPC file; whoever calls must be allowed to reach it (root, in a volume). */
export async function openIpc(path: string): Promise<Ipc> {
  const socket = createConnection(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  readLines(socket, (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let last = 0;
  const call = <T>(method: string, params: readonly unknown[]): Promise<T> => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      const expire = setTimeout(() => reject(new Error(`${method}: no answer within ${LONGEST_WAIT} ms`)), LONGEST_WAIT);
      waiting.set(id, ({ result, error }) => {
        clearTimeout(expire);
        if (error === undefined) resolve(result as T);
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  };
  return { call, close: () => socket.destroy() };
}

function readLines(socket: Socket, take: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((each) => each !== '')) take(line);
  });
}

/**
 * Makes blocks as a consensus client does, one second apart, the last one of now: asks for a payload, takes it, hands it in,
 * makes it the head. For a chain past Cancun, geth 1.13.12 and later.
 */
export async function makeBlocks(ipc: Ipc, count: number, feeRecipient: string): Promise<void> {
  let { hash, requestsHash } = await blockAt(ipc, 'latest');
  const now = Math.floor(Date.now() / 1000);
  for (let made = 1; made <= count; made++) {
    const attributes = {
      timestamp: `0x${(now - count + made).toString(16)}`,
      prevRandao: NOTHING,
      suggestedFeeRecipient: feeRecipient,
      withdrawals: [],
      parentBeaconBlockRoot: NOTHING,
    };
    const { payloadId } = await choose(ipc, hash, attributes);
    const version = requestsHash === undefined ? 'V3' : 'V4';
    const built = await ipc.call<{ executionPayload: { blockHash: string }; executionRequests?: readonly string[] }>(
      `engine_getPayload${version}`,
      [payloadId],
    );
    await handIn(ipc, built.executionPayload, built.executionRequests, 'VALID');
    hash = built.executionPayload.blockHash;
    await choose(ipc, hash);
  }
}

/** Tells a node of another's head, as its consensus client would; gives what the node makes of it: SYNCING while it lacks the blocks before. */
export async function announceHead(from: Ipc, to: Ipc): Promise<Judgement['status']> {
  const head = await blockAt(from, 'latest');
  const transactions = await Promise.all(
    (head.transactions as readonly string[]).map((hash) => from.call<string>('eth_getRawTransactionByHash', [hash])),
  );
  const { miner, mixHash, number, hash, ...same } = head;
  const payload = { ...same, feeRecipient: miner, prevRandao: mixHash, blockNumber: number, blockHash: hash, transactions };
  await handIn(to, payload, head.requestsHash === undefined ? undefined : []);
  return (await choose(to, head.hash)).payloadStatus.status;
}

function blockAt(ipc: Ipc, number: string): Promise<Block> {
  return ipc.call('eth_getBlockByNumber', [number, false]);
}

async function handIn(ipc: Ipc, payload: object, requests: readonly string[] | undefined, wanted?: 'VALID'): Promise<void> {
  const judged = await ipc.call<Judgement>(
    `engine_newPayload${requests === undefined ? 'V3' : 'V4'}`,
    requests === undefined ? [payload, [], NOTHING] : [payload, [], NOTHING, requests],
  );
  if (judged.status === 'INVALID' || (wanted !== undefined && judged.status !== wanted)) {
    throw new Error(`geth judges the block ${judged.status}: ${judged.validationError}`);
  }
}

function choose(ipc: Ipc, head: string, attributes?: object): Promise<{ payloadStatus: Judgement; payloadId: string | null }> {
  const state = { headBlockHash: head, safeBlockHash: head, finalizedBlockHash: head };
  return ipc.call('engine_forkchoiceUpdatedV3', [state, attributes ?? null]);
}
