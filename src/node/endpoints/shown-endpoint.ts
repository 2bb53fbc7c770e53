import { NodectlError } from '../../errors.ts';

/** Longer than any address with a key in it that was seen; a command line or a file that holds more holds a mistake. */
const MAX_LENGTH = 2048;

/**
 * An address as it may be shown anywhere: `scheme://host[:port]`. User, password, path and query are left out, since each of them is
 * where providers put their keys.
 */
export function shownEndpoint(url: string): string {
  if (!URL.canParse(url)) return 'an unreadable address';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/**
 * An http or https address that a person gave with `option`, whole; a lone final `/` is dropped. USAGE, which never repeats the text:
 * it may hold a key.
 */
export function parseEndpoint(text: string, option: string): string {
  const address = text.trim();
  const wrong = wrongWith(address);
  if (wrong !== undefined)
    throw new NodectlError('USAGE', `${option} ${wrong}.`, { hint: `Write it as ${option} https://HOST[:PORT][/PATH].` });
  const url = new URL(address);
  return url.pathname === '/' && url.search === '' ? url.href.replace(/\/$/, '') : url.href;
}

/** Whether parseEndpoint would take it. */
export function isEndpoint(text: string): boolean {
  return wrongWith(text.trim()) === undefined;
}

function wrongWith(address: string): string | undefined {
  if (address === '') return 'needs an address';
  if (address.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (!/^[\x21-\x7e]*$/.test(address))
    return 'holds a space or a character outside ASCII (a host name of other letters is written as xn--…)';
  if (/^wss?:/i.test(address)) return 'is a WebSocket address: nodectl asks over http or https';
  if (!/^https?:\/\//i.test(address)) return 'is no http:// or https:// address';
  if (address.includes('\\')) return 'holds a backslash';
  if (!URL.canParse(address)) return 'is no address that can be read';
  const url = new URL(address);
  if (url.hash !== '' || address.includes('#')) return 'holds a fragment (#…), which no server ever gets';
  // A host that is read as another one than is written (0x7f.1, 2130706433, %31.example) hides whom it means.
  const written = /^[^/]*\/\/(?:[^/?@]*@)*([^/?@]*)/.exec(address.toLowerCase())?.[1] ?? '';
  if (!url.hostname.startsWith('[') && !written.startsWith(url.hostname)) return 'writes its host in a form that means another one';
  if (url.port === '0') return 'names port 0';
  return undefined;
}
