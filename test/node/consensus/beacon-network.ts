/** A private beacon chain's own files, as a person would give them. */

const NEVER = '18446744073709551615';

/** A configuration in which every fork up to Electra holds from the beginning; `over` replaces values, undefined leaves a line out. */
export function beaconConfig(over: Readonly<Record<string, string | undefined>> = {}): string {
  const values: Record<string, string | undefined> = {
    PRESET_BASE: "'mainnet'",
    CONFIG_NAME: 'office',
    GENESIS_FORK_VERSION: '0x10000001',
    ALTAIR_FORK_VERSION: '0x20000001',
    ALTAIR_FORK_EPOCH: '0',
    ELECTRA_FORK_VERSION: '0x60000001',
    ELECTRA_FORK_EPOCH: '0',
    FULU_FORK_VERSION: '0x70000001',
    FULU_FORK_EPOCH: NEVER,
    SECONDS_PER_SLOT: '3',
    SLOTS_PER_EPOCH: '8',
    EPOCHS_PER_SYNC_COMMITTEE_PERIOD: '1024',
    DEPOSIT_CHAIN_ID: '4711',
    ...over,
  };
  const lines = Object.entries(values).map(([key, value]) => (value === undefined ? '' : `${key}: ${value}`));
  return ['# Our own chain', '---', ...lines, 'BLOB_SCHEDULE:', '  - EPOCH: 3', '    MAX_BLOBS_PER_BLOCK: 6', ''].join('\n');
}

export const GENESIS_TIME = 1_790_000_000;

/** The beginning of a genesis state in SSZ: all that is read of one. */
export function genesisState({ slot = 0, version = 0x60000001 } = {}): Uint8Array {
  const bytes = new Uint8Array(200);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(GENESIS_TIME), true);
  bytes.fill(0xab, 8, 40);
  view.setBigUint64(40, BigInt(slot), true);
  view.setUint32(52, version, false);
  return bytes;
}
