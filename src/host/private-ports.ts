import { HTTP_PORT, WS_PORT } from '../node/container-paths.ts';

/** Ports inside a container that are for this machine's own programs: JSON-RPC, WebSocket, engine API, metrics. */
export const PRIVATE_PORTS: readonly number[] = [HTTP_PORT, WS_PORT, 8551, 6060];

/** An address that nobody but this machine reaches. */
export function isLoopback(ip: string): boolean {
  return ip.startsWith('127.') || ip === '::1';
}
