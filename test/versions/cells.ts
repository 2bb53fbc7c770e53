import { NodectlError } from '../../src/errors.ts';
import { type Asked, desiredSpec } from '../../src/node/desired-spec.ts';
import { type GethCommand, gethCommand } from '../../src/node/geth-arguments.ts';
import { HISTORY_RANGES, type HistoryRange } from '../../src/node/history-ranges.ts';
import { initWords } from '../../src/node/init-words.ts';
import { GIB } from '../../src/node/size.ts';
import { SYNC_MODES, type SyncMode } from '../../src/node/sync-modes.ts';
import { NETWORKS, SEALER, type TestedNetwork } from './networks.ts';

/** One square of the table: what a person asks. */
export interface Cell {
  readonly version: string;
  readonly network: TestedNetwork;
  readonly mode: SyncMode;
  readonly history: HistoryRange;
  readonly mine: boolean;
  readonly lightPeers: number;
}

/** What nodectl makes of a cell: the words of the node and of its `geth init`, or a refusal. */
export type Decision =
  | {
      readonly command: GethCommand;
      readonly init: readonly string[] | undefined;
      readonly notes: readonly string[];
      readonly mode: SyncMode;
    }
  | { readonly refusal: NodectlError };

const PLAIN = { history: 'all', mine: false, lightPeers: 0 } as const;
const LIMITS = { memory: GIB, swap: GIB, cpus: 2, storage: undefined, storageMode: undefined };
const HOST = { memory: 16 * GIB, cpus: 2, swapTotal: 2 * GIB, swapClaimed: 0 };
/** The numbers are the container's; P2P is published on public networks only. */
const PORTS = { http: 8545, ws: 8546 };

/** Every network and mode of a version, and the options that change geth's words. */
export function cellsOf(version: string): readonly Cell[] {
  const plain = NETWORKS.flatMap((network) => SYNC_MODES.map((mode) => ({ version, network, mode, ...PLAIN })));
  const begun = plain
    .filter(({ network, mode }) => network.title === 'mainnet' && mode === 'snap')
    .flatMap((cell) => HISTORY_RANGES.filter((range) => range !== 'all').map((history) => ({ ...cell, history })));
  const served = plain.filter(({ network, mode }) => network.profile.private !== undefined && mode === 'full');
  const mining = plain.filter(
    ({ network, mode }) => ['mainnet', 'private clique', 'private ethash', 'private post-merge'].includes(network.title) && mode === 'full',
  );
  return [...plain, ...begun, ...mining.map((cell) => ({ ...cell, mine: true })), ...served.map((cell) => ({ ...cell, lightPeers: 10 }))];
}

/** `--syncmode full --mine`: what the cell is by nodectl's own words. */
export function askedWords({ mode, history, mine, lightPeers }: Cell): string {
  const more = [
    history === 'all' ? '' : ` --history ${history}`,
    mine ? ' --mine' : '',
    lightPeers === 0 ? '' : ` --light-peers ${lightPeers}`,
  ];
  return `--syncmode ${mode}${more.join('')}`;
}

/** Decides as `up` does for a new node of 1 GiB, forced where the network wants more memory. */
export function decide({ version, network, mode, history, mine, lightPeers }: Cell): Decision {
  const { profile } = network;
  const asked: Asked = {
    ...{ mode, history, mine, etherbase: mine ? SEALER : undefined, lightPeers, geth: version },
    ...{
      imageRef: undefined,
      imageSource: 'auto',
      extra: [],
      force: true,
      ...LIMITS,
      consensus: 'none',
      engine: undefined,
      beaconApis: [],
    },
  };
  try {
    const ports = { ...PORTS, p2p: profile.peers ? 30303 : null };
    const { spec, notes } = desiredSpec(asked, undefined, profile, HOST, ports, undefined);
    const init = network.genesis === undefined ? undefined : initWords(spec);
    return { command: gethCommand(spec, profile), init, notes, mode: spec.mode };
  } catch (error) {
    if (error instanceof NodectlError) return { refusal: error };
    throw error;
  }
}
