import { createHash } from 'node:crypto';
import { type BeaconGenesis, publicBeaconGenesis } from '../../src/node/endpoints/beacon-genesis.ts';
import { type Manners, type ServeOptions, type Server, serve } from './serve.ts';

/** What a beacon API can do wrong in its own protocol. */
export const BEACON_FAULTS = [
  'other-chain',
  'lies',
  'stale',
  'stuck',
  'future',
  'no-finality',
  'syncing',
  'no-light-client',
  'other-bootstrap',
  'nonsense',
] as const;
export type BeaconFault = (typeof BEACON_FAULTS)[number];

export interface BeaconManners extends Manners {
  beaconFault?: BeaconFault | undefined;
  /** How many epochs its finality is behind an ordinary one. */
  behind: number;
  /** Slots without a block. */
  missed: ReadonlySet<number>;
  /** It keeps the checkpoints of the last epochs alone, and serves no headers, as checkpointz does. */
  checkpointsOnly?: boolean;
}

export interface StandInBeacon extends Server {
  readonly manners: BeaconManners;
  /** The finalized epoch it would name now. */
  epoch(): number;
  slotOf(epoch: number): number;
  /** An honest one's. */
  rootOf(epoch: number): string;
}

export interface BeaconChainOptions extends ServeOptions {
  /** 1 unless told otherwise. A chain without a known genesis needs `genesis`. */
  readonly chainId?: number;
  readonly genesis?: BeaconGenesis;
  readonly secondsPerSlot?: number;
  readonly slotsPerEpoch?: number;
  readonly manners?: Partial<BeaconManners>;
}

const hash = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`;

/**
 * A beacon API on loopback whose chain is made of the clock: every honest one of the same chain names the same roots. It serves what
 * nodectl asks, and a bootstrap that looks right; no light client can follow it.
 */
export async function standInBeacon(options: BeaconChainOptions = {}): Promise<StandInBeacon> {
  const { chainId = 1, secondsPerSlot = 12, slotsPerEpoch = 32 } = options;
  const genesis = options.genesis ?? publicBeaconGenesis(chainId);
  if (genesis === undefined) throw new Error(`the genesis of chain ${chainId} is not known: give one`);
  const manners: BeaconManners = { clockAheadMs: 0, behind: 0, missed: new Set(), ...options.manners };
  const slotNow = () => Math.floor((Date.now() + manners.clockAheadMs - genesis.time) / (secondsPerSlot * 1000));
  const epoch = () => {
    const ordinary = Math.floor(slotNow() / slotsPerEpoch) - 2 - manners.behind;
    if (manners.beaconFault === 'stale') return ordinary - 1000;
    if (manners.beaconFault === 'stuck') return ordinary - 20;
    return manners.beaconFault === 'future' ? ordinary + 1000 : ordinary;
  };
  const rootAt = (slot: number) => hash(`${genesis.validatorsRoot} ${slot} ${manners.beaconFault === 'lies' ? 'lie' : ''}`);
  /** A checkpoint is its epoch's first block, or the last before it. */
  const blockSlot = (slot: number): number => (manners.missed.has(slot) ? blockSlot(slot - 1) : slot);
  const rootOf = (of: number) => rootAt(blockSlot(of * slotsPerEpoch));

  const answers: readonly [RegExp, (match: RegExpExecArray) => { status?: number; json: unknown }][] = [
    [
      /^\/eth\/v1\/beacon\/genesis$/,
      () => {
        const root = manners.beaconFault === 'other-chain' ? hash('another chain') : genesis.validatorsRoot;
        return data({ genesis_time: String(genesis.time / 1000), genesis_validators_root: root, genesis_fork_version: '0x00000000' });
      },
    ],
    [
      /^\/eth\/v1\/config\/spec$/,
      () => data({ SECONDS_PER_SLOT: String(secondsPerSlot), SLOTS_PER_EPOCH: String(slotsPerEpoch), DEPOSIT_CHAIN_ID: String(chainId) }),
    ],
    [
      /^\/eth\/v1\/node\/syncing$/,
      () => {
        const syncing = manners.beaconFault === 'syncing';
        return data({ head_slot: String(slotNow()), sync_distance: syncing ? '5000' : '0', is_syncing: syncing, is_optimistic: false });
      },
    ],
    [
      /^\/eth\/v1\/beacon\/states\/(?:head|finalized)\/finality_checkpoints$/,
      () => {
        if (manners.beaconFault === 'nonsense') return data({ finalized: { epoch: -1, root: 7 } });
        const none = { epoch: '0', root: `0x${'0'.repeat(64)}` };
        const finalized = manners.beaconFault === 'no-finality' ? none : { epoch: String(epoch()), root: rootOf(epoch()) };
        return data({ previous_justified: finalized, current_justified: finalized, finalized });
      },
    ],
    [
      /^\/eth\/v1\/beacon\/headers\/finalized$/,
      () => data({ root: rootOf(epoch()), canonical: true, header: { message: { slot: String(blockSlot(epoch() * slotsPerEpoch)) } } }),
    ],
    [
      /^\/eth\/v1\/beacon\/headers\/(0x[0-9a-f]{64})$/,
      ([, root]) => {
        const newest = slotNow();
        const slot = Array.from({ length: 8 * slotsPerEpoch }, (_, back) => newest - back).find((number) => rootAt(number) === root);
        if (slot === undefined || manners.missed.has(slot) || manners.checkpointsOnly) return missing();
        return data({ root, canonical: true, header: { message: { slot: String(slot) } } });
      },
    ],
    [
      /^\/eth\/v1\/beacon\/blocks\/(\d+)\/root$/,
      ([, text]) => {
        const slot = Number(text);
        const kept = [0, 1, 2, 3].some((back) => blockSlot((epoch() - back) * slotsPerEpoch) === slot);
        if (manners.checkpointsOnly && !kept) return { status: 500, json: { code: 500, message: 'block not found' } };
        return manners.missed.has(slot) || slot > slotNow() ? missing() : data({ root: rootAt(slot) });
      },
    ],
    [
      /^\/eth\/v1\/beacon\/light_client\/bootstrap\/(0x[0-9a-f]{64})$/,
      ([, root]) => {
        const known = [0, 1, 2, 3, 4].map((back) => epoch() - back).find((candidate) => rootOf(candidate) === root);
        if (known === undefined || manners.beaconFault === 'no-light-client') return missing();
        const slot = manners.beaconFault === 'other-bootstrap' ? 1 : blockSlot(known * slotsPerEpoch);
        return { json: { version: 'fulu', data: bootstrap(slot) } };
      },
    ],
  ];
  const server = await serve(
    manners,
    ({ path }) => {
      // A provider's own path (a key) may stand before the API's, a query after it.
      const api = (path.split('?')[0] ?? '').replace(/^.*?(?=\/eth\/)/, '');
      for (const [pattern, answer] of answers) {
        const match = pattern.exec(api);
        if (match !== null) return answer(match);
      }
      return missing();
    },
    options,
  );
  return { ...server, manners, epoch, slotOf: (of) => of * slotsPerEpoch, rootOf };
}

function data(value: unknown): { json: unknown } {
  return { json: { data: value, execution_optimistic: false, finalized: true } };
}

function missing(): { status: number; json: unknown } {
  return { status: 404, json: { code: 404, message: 'not found' } };
}

function bootstrap(slot: number): unknown {
  return {
    header: { beacon: { slot: String(slot), proposer_index: '1', parent_root: hash('p'), state_root: hash('s'), body_root: hash('b') } },
    current_sync_committee: {
      pubkeys: Array.from({ length: 512 }, () => `0x${'ab'.repeat(48)}`),
      aggregate_pubkey: `0x${'ab'.repeat(48)}`,
    },
    current_sync_committee_branch: Array.from({ length: 6 }, (_, index) => hash(String(index))),
  };
}
