/** An address of this machine; port 0 is any free one. */
export interface ListenAddress {
  /** An IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Gives the page of one scrape, by the time the scraper waits (ms), which not every scraper tells. */
export type MetricsPage = (patienceMs: number | undefined) => Promise<string>;

/** A server of one page. */
export interface MetricsServer {
  /**
   * Answers `GET /metrics` with the page until `signal` is aborted; resolves, once it listens, to the real port and to the end of it
   * all. A page that fails is status 500 and nothing more. PORT_TAKEN, PERMISSION, USAGE for an address that is not this machine's.
   */
  listen(
    address: ListenAddress,
    page: MetricsPage,
    contentType: string,
    signal: AbortSignal,
  ): Promise<{ readonly port: number; readonly ended: Promise<void> }>;
}
