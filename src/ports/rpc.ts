/** One call's answer within a batch. */
export type RpcAnswer = { readonly result: unknown } | { readonly error: string };

export interface Rpc {
  /**
   * One HTTP POST for all calls. `failure` instead of answers when the endpoint gave none: it is data, not an exception,
   * because a node that does not answer is an ordinary thing to report. `deadline` is an instant, not a duration.
   */
  batch(
    url: string,
    calls: readonly { readonly method: string; readonly params: readonly unknown[] }[],
    deadline: number,
  ): Promise<
    | { readonly answers: readonly RpcAnswer[] }
    | { readonly failure: 'connect' | 'timeout' | 'http' | 'bad-response'; readonly message: string }
  >;
}
