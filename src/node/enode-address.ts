import * as z from 'zod/mini';
import type { ObservedContainer } from '../ports/containers.ts';
import { isEnode } from './enode.ts';

/** What we read of `admin.nodeInfo`; every version from 1.9.25 to 1.17.8 has these. */
export const NodeInfoSchema = z.object({
  enode: z.string(),
  ip: z._default(z.string(), ''),
  /** 0 = not listening: a node without P2P. */
  ports: z.object({ listener: z.number(), discovery: z.number() }),
});

export type NodeInfo = z.infer<typeof NodeInfoSchema>;

/** The public key of an enode, 128 hex digits, lower case: who it is, wherever it is. */
export function enodeKey(enode: string): string {
  return /^enode:\/\/([0-9a-f]{128})/i.exec(enode)?.[1]?.toLowerCase() ?? '';
}

/**
 * The same node at another address: what geth itself says of its address is what it believes (127.0.0.1 behind a container's
 * network), not where it is reached. Undefined when the node does not listen for peers.
 */
export function enodeAt({ enode, ports }: NodeInfo, ip: string, port = ports.listener): string | undefined {
  if (port === 0 || ip === '') return undefined;
  const host = ip.includes(':') ? `[${ip}]` : ip;
  const discovery = ports.discovery === 0 ? '?discport=0' : '';
  const placed = `enode://${enodeKey(enode)}@${host}:${port}${discovery}`;
  return isEnode(placed) ? placed : undefined;
}

/** The container's address in a network that another container is in, too; its first address where `other` is left out; '' = none. */
export function addressFor(container: ObservedContainer, other?: ObservedContainer): string {
  const reachable = Object.entries(container.addresses).filter(
    ([network]) => other === undefined || (other.addresses[network] ?? '') !== '',
  );
  return reachable.map(([, address]) => address).find((address) => address !== '') ?? '';
}

/**
 * The enode for peers elsewhere: at the address geth found out or was told for itself (`--nat`), where its P2P port is
 * published. Undefined while that address is unknown: no placeholder is ever given.
 */
export function publishedEnode(info: NodeInfo, container: ObservedContainer): string | undefined {
  const port = container.ports.find((binding) => binding.containerPort === info.ports.listener && binding.protocol === 'tcp')?.hostPort;
  const own = Object.values(container.addresses);
  const known = info.ip !== '' && !own.includes(info.ip) && !/^(127\.|0\.|::1?$)/.test(info.ip);
  return port === undefined || !known ? undefined : enodeAt(info, info.ip, port);
}
