/** One call of a JSON-RPC request. */
export interface RpcCall {
  readonly id: unknown;
  readonly method: string;
  readonly params: unknown;
}

interface RpcAnswer {
  readonly id: unknown;
}

/** The calls of a request's body, one or a batch; none where it is no JSON-RPC. */
export function rpcCalls(body: string): readonly RpcCall[] {
  if (body === '') return [];
  try {
    const document = JSON.parse(body) as RpcCall | readonly RpcCall[];
    return (Array.isArray(document) ? document : [document]).filter((call) => typeof call?.method === 'string');
  } catch {
    return [];
  }
}

/** Each answer of a body as `replace` makes it of the call that it answers. */
export function mapAnswers<T extends RpcAnswer>(
  answers: T | readonly T[],
  calls: readonly RpcCall[],
  replace: (answer: T, call: RpcCall) => T,
): T | readonly T[] {
  const one = (answer: T): T => {
    const call = calls.find(({ id }) => id === answer.id);
    return call === undefined ? answer : replace(answer, call);
  };
  return Array.isArray(answers) ? answers.map(one) : one(answers as T);
}

/** Remembered answers under the ids of another request of the same calls, in the same order. */
export function withIdsOf<T extends RpcAnswer>(
  calls: readonly RpcCall[],
  remembered: readonly RpcCall[],
  answers: T | readonly T[],
): T | readonly T[] {
  const one = (answer: T): T => ({ ...answer, id: calls[remembered.findIndex(({ id }) => id === answer.id)]?.id ?? answer.id });
  return Array.isArray(answers) ? answers.map(one) : one(answers as T);
}
