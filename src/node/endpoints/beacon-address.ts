/** A path of the beacon API below a provider's address, which may have a path and a query of its own (keys stand there). */
export function beaconAddress(base: string, path: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  return url.href;
}
