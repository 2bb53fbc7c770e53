import * as z from 'zod/mini';
import type { WebAnswer } from '../../ports/web.ts';
import { formatDuration } from '../duration.ts';
import { readJson, type Said } from './read-web-answer.ts';

/** What an execution RPC is asked: one POST for each, since free servers often take no batch. The account is any; its proof may be of absence. */
export const EXECUTION_CALLS = {
  chainId: { method: 'eth_chainId', params: [] },
  block: { method: 'eth_getBlockByNumber', params: ['latest', false] },
  proof: { method: 'eth_getProof', params: ['0x0000000000000000000000000000000000000000', [], 'latest'] },
} as const;
export type ExecutionCall = keyof typeof EXECUTION_CALLS;

/** A block of 100 million gas lists at most 4800 transactions of 70 bytes. */
export const EXECUTION_ANSWER_BYTES = 1024 * 1024;

/** A server whose newest block is older follows the chain no more; a chain that rests for so long is not worth following lightly. */
const FRESH_MS = 10 * 60_000;

const METHOD_NOT_FOUND = -32601;
/** EIP-1474: limit exceeded; -32029 and -32097 are used for the same by hosted services. */
const LIMITED = [-32005, -32029, -32097];

const Hex = z.string().check(z.regex(/^0x[0-9a-fA-F]{1,15}$/));
const Data = z.string().check(z.regex(/^0x[0-9a-fA-F]*$/), z.maxLength(8192));
const Block = z.object({ number: Hex, timestamp: Hex, stateRoot: z.string().check(z.regex(/^0x[0-9a-fA-F]{64}$/)) });
const Proof = z.object({ accountProof: z.array(Data).check(z.minLength(1), z.maxLength(64)) });
const Answer = z.object({ result: z.optional(z.unknown()), error: z.optional(z.object({ code: z.optional(z.number()) })) });

/** Undefined where a light client can use the server, else why not. `now` is an instant. */
export function judgeExecution(answers: Readonly<Record<ExecutionCall, WebAnswer>>, chainId: number, now: number): string | undefined {
  const chain = resultOf(answers.chainId, 'chainId', Hex);
  if ('reason' in chain) return chain.reason;
  if (Number(chain.value) !== chainId) return `it is on chain ${Number(chain.value)}, not ${chainId}`;
  const block = resultOf(answers.block, 'block', Block);
  if ('reason' in block) return block.reason;
  const age = now - Number(block.value.timestamp) * 1000;
  if (age > FRESH_MS) return `its newest block is ${formatDuration(age)} old: it is syncing, or stuck`;
  if (age < -FRESH_MS) return `its newest block is ${formatDuration(-age)} ahead of this machine's clock`;
  const proof = resultOf(answers.proof, 'proof', Proof);
  return 'reason' in proof ? proof.reason : undefined;
}

function resultOf<T extends z.core.$ZodType>(answer: WebAnswer, call: ExecutionCall, schema: T): Said<z.core.output<T>> {
  const { method } = EXECUTION_CALLS[call];
  const read = readJson(answer);
  // JSON-RPC servers may send an error with a status of failure; the status alone says enough then.
  if ('reason' in read) return read;
  const envelope = z.safeParse(Answer, read.value);
  if (!envelope.success) return { reason: 'its answer is no JSON-RPC' };
  const { error, result } = envelope.data;
  if (error?.code === METHOD_NOT_FOUND) return { reason: `it has no ${method}` };
  if (error?.code !== undefined && LIMITED.includes(error.code))
    return { reason: `it limits how often it is asked (JSON-RPC ${error.code})` };
  if (error !== undefined) return { reason: `it refuses ${method} (JSON-RPC ${error.code ?? 'error'})` };
  if (result === null || result === undefined) return { reason: `it answers ${method} with nothing` };
  const parsed = z.safeParse(schema, result);
  return parsed.success ? { value: parsed.data } : { reason: `its answer to ${method} makes no sense` };
}
