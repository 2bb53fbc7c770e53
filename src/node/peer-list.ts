import * as z from 'zod/mini';
import { printable } from './printable.ts';

/** What a peer calls itself is cut after so many characters. */
const NAME_LENGTH = 100;

/** One peer of a node. */
export interface Peer {
  readonly id: string;
  /** Where it is and who; a peer that connected to us shows the port it came from, not one it listens on. */
  readonly enode: string;
  /** What the peer calls itself, made fit for a terminal. */
  readonly client: string;
  readonly direction: 'inbound' | 'outbound';
  readonly address: string;
  /** One that geth always reconnects to. */
  readonly static: boolean;
  readonly trusted: boolean;
  /** Those in use with their version (`eth/68`); without one while it is being agreed. */
  readonly protocols: readonly string[];
  /** The number of its newest block; null before geth 1.16, which knew only its hash, and while it is not told. */
  readonly head: number | null;
}

const flag = z._default(z.boolean(), false);
const text = z._default(z.string(), '');

/** A row of `admin.peers`, from 1.9.25 to 1.17.8; what a later version adds or leaves out does not matter. */
const RawPeer = z.object({
  id: text,
  enode: text,
  name: text,
  network: z._default(z.object({ remoteAddress: text, inbound: flag, static: flag, trusted: flag }), {
    remoteAddress: '',
    inbound: false,
    static: false,
    trusted: false,
  }),
  /** The word `handshake` while a protocol is being agreed. */
  protocols: z._default(z.record(z.string(), z.unknown()), {}),
});

const InUse = z.object({ version: z.number(), latestBlock: z.optional(z.number()) });

/** The answer of `admin.peers`, in geth's order. */
export const PeersSchema = z.array(RawPeer);

export function peerList(raw: z.infer<typeof PeersSchema>): readonly Peer[] {
  return raw.map(({ id, enode, name, network, protocols }) => {
    const inUse = Object.entries(protocols).map(([protocol, state]) => ({ protocol, state: InUse.safeParse(state).data }));
    return {
      id: printable(id, NAME_LENGTH),
      enode: printable(enode, 400),
      client: printable(name, NAME_LENGTH),
      direction: network.inbound ? 'inbound' : 'outbound',
      address: printable(network.remoteAddress, NAME_LENGTH),
      static: network.static,
      trusted: network.trusted,
      protocols: inUse
        .map(({ protocol, state }) => printable(state === undefined ? protocol : `${protocol}/${state.version}`, NAME_LENGTH))
        .sort(),
      head: inUse.find(({ state }) => state?.latestBlock !== undefined)?.state?.latestBlock ?? null,
    };
  });
}
