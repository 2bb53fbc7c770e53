/**
 * Why a server gave no usable answer. `tls` = no trusted connection came about, above all because its certificate does not verify;
 * `redirect` = it sends elsewhere and is not followed; `interrupted` = the asker gave up.
 */
export type WebFailureKind = 'connect' | 'timeout' | 'tls' | 'redirect' | 'too-large' | 'broken-off' | 'interrupted';

export type WebAnswer =
  | {
      readonly status: number;
      readonly contentType: string;
      readonly body: Uint8Array;
      /** The server's own clock (its Date header), ms; undefined when it tells none. */
      readonly serverTime: number | undefined;
    }
  /** `message` never holds the address. */
  | { readonly failure: WebFailureKind; readonly message: string };

export interface WebOptions {
  /** The instant by which the exchange is over, however slowly the server drips. */
  readonly deadline: number;
  readonly maxBytes: number;
  /** With it the request is a POST of JSON, else a GET. */
  readonly body?: string | undefined;
  /** Of the body; left out, application/json. */
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Servers of other people, asked directly: no proxy of the environment is used, since the node's own containers use none either. */
export interface Web {
  /**
   * One exchange with an http or https address, which may hold credentials. No redirect is followed, no certificate excused, no
   * compression asked for. A server that does not answer is data, not an exception.
   */
  ask(url: string, options: WebOptions): Promise<WebAnswer>;
}
