/** A block of the beacon chain: its root and its epoch. */
export interface Checkpoint {
  readonly epoch: number;
  readonly root: string;
}

/** What the harness asks of a beacon node. Every question throws where there is no answer within two seconds. */
export interface BeaconApi {
  readonly url: string;
  peerId(): Promise<string>;
  head(): Promise<{ readonly slot: number; readonly root: string }>;
  checkpoints(): Promise<{ readonly justified: Checkpoint; readonly finalized: Checkpoint }>;
  /** Whether the beacon node has greeted the peer of this id, which Prysm does ten seconds after a peer came to it. */
  knows(peerId: string): Promise<boolean>;
  /** Of Prysm: never takes the peer at this multiaddress for a bad one, until it restarts. */
  trust(multiaddress: string): Promise<void>;
}

interface RawCheckpoint {
  readonly epoch: string;
  readonly root: string;
}

/** Questions to the beacon node's REST API at `url`. */
export function beaconApi(url: string): BeaconApi {
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(2000) });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    return ((await answer.json()) as { readonly data: T }).data;
  };
  const checkpoint = ({ epoch, root }: RawCheckpoint): Checkpoint => ({ epoch: Number(epoch), root });
  return {
    url,
    async peerId() {
      return (await get<{ readonly peer_id: string }>('/eth/v1/node/identity')).peer_id;
    },
    async head() {
      const { root, header } = await get<{ readonly root: string; readonly header: { readonly message: { readonly slot: string } } }>(
        '/eth/v1/beacon/headers/head',
      );
      return { slot: Number(header.message.slot), root };
    },
    async checkpoints() {
      const raw = await get<{ readonly current_justified: RawCheckpoint; readonly finalized: RawCheckpoint }>(
        '/eth/v1/beacon/states/head/finality_checkpoints',
      );
      return { justified: checkpoint(raw.current_justified), finalized: checkpoint(raw.finalized) };
    },
    async knows(peerId) {
      const peers = await get<readonly { readonly peer_id: string }[]>('/eth/v1/node/peers?state=connected');
      return peers.some(({ peer_id }) => peer_id === peerId);
    },
    async trust(multiaddress) {
      const path = '/prysm/v1/node/trusted_peers';
      const body = JSON.stringify({ addr: multiaddress });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(2000) });
      if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    },
  };
}
