/** What a network is made of; times are Unix seconds. */
export interface Plan {
  readonly chainId: number;
  readonly fork: Fork;
  readonly slotSeconds: number;
  readonly slotsPerEpoch: number;
  readonly validators: number;
  readonly genesisTime: number;
}

/** The fork the network is in from its first slot on. */
export const FORKS = ['electra', 'fulu'] as const;
export type Fork = (typeof FORKS)[number];

/** Slots of an epoch that Prysm can do in each fork, the usual one first. Fulu's list of proposers has a fixed size, that of 32 slots. */
export const EPOCH_LENGTHS = { electra: [8, 4, 16, 32], fulu: [32] } as const satisfies Record<Fork, readonly number[]>;

/** Light clients hard-code this many slots to a sync committee's period, whatever the length of an epoch. */
const SLOTS_PER_PERIOD = 8192;
const NEVER = '18446744073709551615';
/** In order; each fork's version is the network's own, which no public network uses. */
const FORK_NAMES = ['ALTAIR', 'BELLATRIX', 'CAPELLA', 'DENEB', 'ELECTRA', 'FULU'] as const;

/** The consensus layer's configuration (config.yml) for a chain that begins in its fork. */
export function consensusConfig(plan: Plan): string {
  const last = FORK_NAMES.findIndex((name) => name.toLowerCase() === plan.fork);
  return `${[
    'PRESET_BASE: mainnet',
    'CONFIG_NAME: nodectl-pos',
    `MIN_GENESIS_ACTIVE_VALIDATOR_COUNT: ${plan.validators}`,
    `MIN_GENESIS_TIME: ${plan.genesisTime}`,
    'GENESIS_DELAY: 0',
    'GENESIS_FORK_VERSION: 0x706f7300',
    ...FORK_NAMES.flatMap((name, index) => [
      `${name}_FORK_VERSION: 0x706f730${index + 1}`,
      `${name}_FORK_EPOCH: ${index <= last ? 0 : NEVER}`,
    ]),
    `SECONDS_PER_SLOT: ${plan.slotSeconds}`,
    `SLOTS_PER_EPOCH: ${plan.slotsPerEpoch}`,
    `EPOCHS_PER_SYNC_COMMITTEE_PERIOD: ${SLOTS_PER_PERIOD / plan.slotsPerEpoch}`,
    `SECONDS_PER_ETH1_BLOCK: ${plan.slotSeconds}`,
    'ETH1_FOLLOW_DISTANCE: 12',
    'TERMINAL_TOTAL_DIFFICULTY: 0',
    'BLOB_SCHEDULE: []',
    `DEPOSIT_CHAIN_ID: ${plan.chainId}`,
    `DEPOSIT_NETWORK_ID: ${plan.chainId}`,
    `DEPOSIT_CONTRACT_ADDRESS: 0x${'00'.repeat(20)}`,
  ].join('\n')}\n`;
}
