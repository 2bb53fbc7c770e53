import { looksOpaque } from './opaque-word.ts';

/** Addresses of files and sockets of the machine itself: they hold no secret. */
const OF_THIS_MACHINE = /^(?:unix|npipe|file)$/i;

/** An address with a scheme, also one whose slashes JSON has escaped. */
export const WEB_ADDRESS = /\b([a-z][a-z0-9+.-]{0,20}):(?:\\?\/){2}[^\s"'`<>]*/gi;

/**
 * An address as it may be given away: `scheme://host[:port]`, and a mark where more stood there. User, password, path, query and
 * fragment are where keys are; what is no host that can be told is left out with them. Undefined for one that stays as it is.
 */
export function shownAddress(address: string, showHost: (host: string) => string): string | undefined {
  const [, scheme = '', rest = ''] = /^([^:]*):(?:\\?\/){2}(.*)$/s.exec(address) ?? [];
  if (OF_THIS_MACHINE.test(scheme)) return undefined;
  const plain = rest.replaceAll('\\/', '/');
  const authority = /^[^/?#\\]*/.exec(plain)?.[0] ?? '';
  const behind = plain.slice(authority.length);
  const at = authority.lastIndexOf('@');
  // A password with a slash in it: nobody can tell where the host begins.
  const torn = behind.includes('@');
  const [, host, port = ''] = /^(\[[0-9a-f:.%\w]*\]|[\w.-]+)(:\d{1,5})?[,:;.)\]}]*$/i.exec(authority.slice(at + 1)) ?? [];
  if (host === undefined || torn) return `${scheme}://***`;
  const more = at !== -1 || behind.replace(/^\/+[,;.)\]}]*$/, '') !== '';
  return `${scheme}://${showHost(host).split('.').map(withoutKey).join('.')}${port}${more ? '/***' : ''}`;
}

/** Some providers put the key into the host's name. */
function withoutKey(label: string): string {
  return looksOpaque(label) || /^[0-9a-f]{20,}$/i.test(label) || /^(?=(?:.*\d){5})[a-z0-9]{20,}$/i.test(label) ? '***' : label;
}
