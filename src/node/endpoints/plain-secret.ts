import { shownEndpoint } from './shown-endpoint.ts';

/** Ranges of IPv4 that no router of the internet passes on: loopback, private, link-local, and those that carriers and VPNs share. */
const PRIVATE_IPV4 = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
/** The same of IPv6, as URL writes them. */
const PRIVATE_IPV6 = /^\[(?:::1\]|(?:f[cd][0-9a-f]|fe[89ab])[0-9a-f]:)/;
const IPV4 = /^\d+(?:\.\d+){3}$/;
const MAPPED_IPV4 = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;
/** Endings of names that only a local network knows (RFC 6761, 6762, 8375, and ICANN's reserved `internal`). */
const PRIVATE_NAME = /\.(?:local|localhost|internal|home\.arpa)$/;

/**
 * Sentences, one for each address of a person's own whose secret would cross the internet readable: http:// with a user, a
 * password, a path or a query, to a host that is neither this one nor of a private network. The secret is in none of them.
 */
export function plainSecretNotes(urls: readonly string[]): readonly string[] {
  return [...new Set(urls)].flatMap((url) => {
    const bears = plainSecret(url);
    return bears === undefined
      ? []
      : [
          `${shownEndpoint(url)} is asked without encryption: everybody on the way there reads ${bears}. Name it as https://, and take that for known where it has been used.`,
        ];
  });
}

/** Which part of an address may be a secret that everybody on the way to its host reads; undefined where none is, or does. */
function plainSecret(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, username, password, pathname, search } = new URL(url);
  if (protocol !== 'http:' || isPrivate(hostname.replace(/\.$/, ''))) return undefined;
  if (username !== '' || password !== '') return 'the user and password in its address';
  return pathname === '/' && search === '' ? undefined : 'the path and query of its address, where keys are';
}

/** True of this machine and of hosts of a network of one's own; a name without a dot is no name of the internet. */
function isPrivate(host: string): boolean {
  const [, high, low] = MAPPED_IPV4.exec(host) ?? [];
  if (high !== undefined && low !== undefined) return PRIVATE_IPV4.test(dotted(high, low));
  if (host.startsWith('[')) return PRIVATE_IPV6.test(host);
  if (IPV4.test(host)) return PRIVATE_IPV4.test(host);
  return PRIVATE_NAME.test(host) || !host.includes('.');
}

function dotted(high: string, low: string): string {
  return [high, low].flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255]).join('.');
}
