/** Scope 00 of /proc/net/if_inet6 (proc(5)): reachable from elsewhere, if anybody routes it here. */
const GLOBAL = '00';

/** The host's global IPv6 addresses as 32 hex digits, without unique local ones (fc00::/7). */
export function globalAddresses(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [address = '', , , scope] = line.trim().split(/\s+/);
    return scope === GLOBAL && /^[0-9a-f]{32}$/.test(address) && !/^f[cd]/.test(address) ? [address] : [];
  });
}
