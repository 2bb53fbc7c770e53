import type { Plan } from './consensus-config.ts';

type Fields = Record<string, unknown>;

/** A geth genesis, as far as this harness looks into it. */
export interface Genesis extends Fields {
  readonly config: Fields;
  readonly alloc: Fields;
}

/** A key that every developer knows (the first of the phrase `test test … junk`), so that anybody can spend. */
export const FUNDED = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
/** 1000 ether. */
const FUNDS = '0x3635c9adc5dea00000';
/** Geth's development chain has them; no engine method of the network's forks accepts them. */
const LATER_FORKS = { electra: ['osakaTime', 'bogotaTime'], fulu: ['bogotaTime'] } as const;
/** The curve that every fork of the network keeps. */
const BLOBS = { target: 6, max: 9, baseFeeUpdateFraction: 5007716 };

/** What `prysmctl` takes, from the genesis of geth's own development chain: post-merge from block 0, system contracts in place. */
export function draftGenesis(development: Genesis, plan: Plan): Genesis {
  const config = without(development.config, LATER_FORKS[plan.fork]);
  return {
    ...(dropNulls(development) as Genesis),
    config: { ...config, chainId: plan.chainId, blobSchedule: { ...(config.blobSchedule as Fields), osaka: BLOBS } },
    timestamp: `0x${plan.genesisTime.toString(16)}`,
    alloc: { ...development.alloc, [FUNDED.slice(2)]: { balance: FUNDS } },
  };
}

/** What `prysmctl` gives, with every fork that the chain has from its first second on; fork times are no part of the genesis hash. */
export function finishGenesis(made: Genesis, plan: Plan): Genesis {
  const forks = ['shanghaiTime', 'cancunTime', 'pragueTime', ...(plan.fork === 'fulu' ? ['osakaTime'] : [])];
  const times = Object.fromEntries(forks.map((name) => [name, plan.genesisTime]));
  return { ...(dropNulls(made) as Genesis), config: { ...(dropNulls(made.config) as Fields), ...times } };
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function dropNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
