const ENODE =
  /^enode:\/\/[0-9a-f]{128}@(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?):(\d{1,5})(?:\?discport=(\d{1,5}))?$/i;

/** True for `enode://<128 hex digits>@<host>:<port>[?discport=<port>]`; nothing else is ever handed to geth as a peer. */
export function isEnode(text: string): boolean {
  const match = ENODE.exec(text);
  if (match === null) return false;
  const octets = /@(\d+)\.(\d+)\.(\d+)\.(\d+):/.exec(text)?.slice(1) ?? [];
  const [port, discovery = '0'] = match.slice(1);
  return Number(port) >= 1 && Number(port) <= 65_535 && Number(discovery) <= 65_535 && octets.every((octet) => Number(octet) <= 255);
}

/** The field of secp256k1. */
const FIELD = 2n ** 256n - 2n ** 32n - 977n;

/** True when an enode's 128 digits are a key at all, a point of secp256k1: geth does not start with any other among its bootnodes. */
export function hasKey(enode: string): boolean {
  const digits = /^enode:\/\/([0-9a-f]{64})([0-9a-f]{64})@/i.exec(enode);
  if (digits === null) return false;
  const [x, y] = [BigInt(`0x${digits[1]}`), BigInt(`0x${digits[2]}`)];
  return x < FIELD && y < FIELD && (y * y - x * x * x - 7n) % FIELD === 0n;
}
