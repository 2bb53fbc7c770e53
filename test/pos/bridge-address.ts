import { networkInterfaces } from 'node:os';

/** The engine's own bridge, by the name it has on every Linux host. */
const BRIDGE = 'docker0';

/**
 * The one address that this machine and the containers of its engine both reach: the gateway of the engine's bridge. 127.0.0.1
 * where there is none, and then only programs of this machine can join.
 */
export function bridgeAddress(): string {
  return networkInterfaces()[BRIDGE]?.find(({ family }) => family === 'IPv4')?.address ?? '127.0.0.1';
}
