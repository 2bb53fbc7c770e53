import type { ClientRequest } from './consensus-client.ts';

/** Where a client listens for peers when its port is not published: only those on its own network reach it. */
const UNPUBLISHED_P2P = 9000;

/** The port a client listens on for peers, TCP and UDP. QUIC would need one more port in every firewall, so it is off where it can be. */
export function p2pPort({ ports }: ClientRequest): number {
  return ports.p2p ?? UNPUBLISHED_P2P;
}
