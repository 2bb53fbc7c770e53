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
