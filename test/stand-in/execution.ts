import { type Manners, type ServeOptions, type Server, serve } from './serve.ts';

/** What an execution RPC can do wrong in its own protocol. */
export const EXECUTION_FAULTS = [
  'other-chain',
  'no-proof',
  'limited',
  'old-head',
  'future-head',
  'no-head',
  'empty-proof',
  'refuses-proof',
  'nonsense',
  'no-json-rpc',
] as const;
export type ExecutionFault = (typeof EXECUTION_FAULTS)[number];

export interface ExecutionManners extends Manners {
  executionFault?: ExecutionFault | undefined;
}

export interface StandInExecution extends Server {
  readonly manners: ExecutionManners;
}

const HOUR = 3_600_000;

/** An execution RPC on loopback with a head that is always fresh and a proof that looks like one; no light client can verify it. */
export async function standInExecution(
  options: ServeOptions & { readonly chainId?: number; readonly manners?: Partial<ExecutionManners> } = {},
): Promise<StandInExecution> {
  const manners: ExecutionManners = { clockAheadMs: 0, ...options.manners };
  const server = await serve(
    manners,
    ({ body }) => {
      const { id, method } = JSON.parse(body) as { id: unknown; method: string };
      if (manners.executionFault === 'no-json-rpc') return { json: [] };
      return { json: { jsonrpc: '2.0', id, ...answer(method, manners, options.chainId ?? 1) } };
    },
    options,
  );
  return { ...server, manners };
}

function answer(method: string, { executionFault: fault, clockAheadMs }: ExecutionManners, chainId: number): object {
  if (fault === 'limited') return { error: { code: -32005, message: 'daily request count exceeded' } };
  if (fault === 'nonsense') return { result: { what: 'ever' } };
  switch (method) {
    case 'eth_chainId':
      return { result: hex(fault === 'other-chain' ? 56 : chainId) };
    case 'eth_blockNumber':
      return { result: hex(20_000_000) };
    case 'eth_getBlockByNumber': {
      if (fault === 'no-head') return { result: null };
      const off = fault === 'old-head' ? -HOUR : fault === 'future-head' ? HOUR : 0;
      const timestamp = Math.floor((Date.now() + clockAheadMs + off) / 1000);
      return { result: { number: hex(20_000_000), timestamp: hex(timestamp), stateRoot: `0x${'11'.repeat(32)}`, transactions: [] } };
    }
    case 'eth_getProof':
      if (fault === 'no-proof') return { error: { code: -32601, message: 'the method eth_getProof does not exist/is not available' } };
      if (fault === 'refuses-proof') return { error: { code: -32000, message: 'distance to target block exceeds maximum proof window' } };
      return { result: { address: `0x${'0'.repeat(40)}`, accountProof: fault === 'empty-proof' ? [] : ['0xf90211'], storageProof: [] } };
    default:
      return { error: { code: -32601, message: `the method ${method} does not exist/is not available` } };
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
