/** Why a server gave no usable answer. `tls` = its certificate does not verify, `redirect` = it sends elsewhere and is not followed. */
export type WebFailureKind = 'connect' | 'timeout' | 'tls' | 'redirect' | 'too-large' | 'broken-off';

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

/** Servers of other people. */
export interface Web {
  /**
   * One exchange that is over by `deadline` (an instant) and holds at most `maxBytes` of the answer; no redirect is followed, no
   * certificate excused. A server that does not answer is data, not an exception. With `body` it is a POST of JSON, else a GET.
   */
  ask(
    url: string,
    options: { readonly deadline: number; readonly maxBytes: number; readonly body?: string; readonly accept?: string },
  ): Promise<WebAnswer>;
}
