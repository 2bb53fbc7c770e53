import type { Peer } from './peer-list.ts';

/** The peers that run one client, whatever its version. */
export interface PeersOfClient {
  /** The first word of what they call themselves, as the first of them spells it; '' for those that say nothing. */
  readonly client: string;
  readonly peers: readonly Peer[];
}

/** Those of the client with most peers first, then by name; within a client in the order given. */
export function byClient(peers: readonly Peer[]): readonly PeersOfClient[] {
  const groups = new Map<string, Peer[]>();
  for (const peer of peers) {
    const key = clientName(peer.client).toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), peer]);
  }
  return [...groups]
    .sort(([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1))
    .map(([, own]) => ({ client: clientName(own[0]?.client ?? ''), peers: own }));
}

/** The version in what a peer calls itself (`Geth/own-name/v1.17.8-stable/linux-amd64/go1.26.8`); '' where it tells none. */
export function clientVersion(client: string): string {
  const words = client.split('/').slice(1);
  return words.find((word) => /^v?\d+\.\d/.test(word.trim()))?.trim() ?? '';
}

function clientName(client: string): string {
  return (client.split('/')[0] ?? '').trim();
}
