import type { ListenAddress } from '../../../ports/metrics-server.ts';

const LOOPBACK = '127.0.0.1';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const ADDRESS = /^(?:(?:\[([^\]]*)\]|([^:]*)):)?(\d{1,5})$/;

/** An address as it is typed: `127.0.0.1:9560`, `[::1]:9560`; `:9560` and `9560` are of this machine alone. Undefined for anything else, names too. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, bracketed, plain, digits] = ADDRESS.exec(text) ?? [];
  const port = Number(digits ?? Number.NaN);
  if (!(port <= 65_535)) return undefined;
  if (bracketed !== undefined) return isIpv6(bracketed) ? { host: bracketed, port } : undefined;
  const host = plain || LOOPBACK;
  return IPV4.test(host) ? { host, port } : undefined;
}

/** Whether only programs of this machine reach it. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host.startsWith('127.') || (isIpv6(host) && new URL(`http://[${host}]`).hostname === '[::1]');
}

/** The address as a URL has it. */
export function shownAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function isIpv6(text: string): boolean {
  return text.includes(':') && URL.canParse(`http://[${text}]`);
}
