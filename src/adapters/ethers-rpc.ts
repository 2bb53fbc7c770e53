import { JsonRpcApiProvider, type JsonRpcError, type JsonRpcPayload, type JsonRpcResult, Network } from 'ethers/providers';
import type { Rpc, RpcAnswer } from '../ports/rpc.ts';
import { PostFailure, postJson } from './http-post.ts';

/** JSON-RPC through an ethers provider on our own transport: one POST per batch, a real deadline, nothing left open. */
export function ethersRpc(env: NodeJS.ProcessEnv = {}): Rpc {
  return {
    async batch(url, calls, deadline) {
      const begun = performance.now();
      const provider = new DeadlineProvider(url, deadline);
      try {
        const answers = await Promise.all(calls.map(({ method, params }) => answerOf(provider, method, params)));
        return provider.failure === undefined
          ? { answers }
          : { failure: provider.failure.kind, message: `${url}: ${provider.failure.message}` };
      } finally {
        if (env.NODECTL_DEBUG) {
          const { requestTrace } = await import('./request-trace.ts');
          requestTrace()(`POST ${url} ${calls.map(({ method }) => method).join(' ')}`, provider.failure?.kind ?? 'ok', begun);
        }
        provider.destroy();
      }
    },
  };
}

async function answerOf(provider: DeadlineProvider, method: string, params: readonly unknown[]): Promise<RpcAnswer> {
  try {
    return { result: await provider.send(method, [...params]) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Static network and no stall: ethers then sends nothing of its own, at no time, and prints nothing. */
class DeadlineProvider extends JsonRpcApiProvider {
  failure: PostFailure | undefined;
  readonly #url: string;
  readonly #deadline: number;

  constructor(url: string, deadline: number) {
    const network = new Network('node', 0n);
    super(network, { staticNetwork: network, batchStallTime: 0, batchMaxCount: 1000, cacheTimeout: -1 });
    this.#url = url;
    this.#deadline = deadline;
    this._start();
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<(JsonRpcResult | JsonRpcError)[]> {
    try {
      const text = await postJson(this.#url, JSON.stringify(payload), this.#deadline);
      return answersById(text, Array.isArray(payload) ? payload : [payload]);
    } catch (error) {
      this.failure = error instanceof PostFailure ? error : new PostFailure('bad-response', String(error));
      throw this.failure;
    }
  }

  /** Keeps the node's own words; ethers would replace those of a missing method. */
  override getRpcError(_payload: JsonRpcPayload, answer: JsonRpcError): Error {
    return new Error(answer.error.message);
  }
}

/** One answer for each call: by id; a single error object speaks for the whole batch; what is missing becomes an error. */
function answersById(text: string, calls: readonly JsonRpcPayload[]): (JsonRpcResult | JsonRpcError)[] {
  const body = parse(text);
  const answers = (Array.isArray(body) ? body : [body]).filter(isAnswer);
  // biome-ignore lint/plugin: ethers carries it back to `batch`, which gives it as data.
  if (answers.length === 0) throw new PostFailure('bad-response', 'the answer is not JSON-RPC');
  const whole = Array.isArray(body) ? undefined : answers.find((answer) => 'error' in answer && answer.id === null);
  return calls.map(({ id }) => {
    const found = answers.find((answer) => answer.id === id) ?? whole;
    if (found === undefined) return { id, error: { code: -32000, message: 'no answer to this call' } };
    if ('error' in found) return { id, error: { code: -32000, message: messageOf(found.error) } };
    return { id, result: found.result };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // biome-ignore lint/plugin: ethers carries it back to `batch`, which gives it as data.
    throw new PostFailure('bad-response', 'the answer is not JSON');
  }
}

function isAnswer(value: unknown): value is { id: unknown; result: unknown } | { id: unknown; error: unknown } {
  return typeof value === 'object' && value !== null && 'id' in value && ('result' in value || 'error' in value);
}

function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return typeof message === 'string' ? message : JSON.stringify(error);
}
