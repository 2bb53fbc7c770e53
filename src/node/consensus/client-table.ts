import { grandine } from './clients/grandine.ts';
import { lighthouse } from './clients/lighthouse.ts';
import { lodestar } from './clients/lodestar.ts';
import { nimbus } from './clients/nimbus.ts';
import { prysm } from './clients/prysm.ts';
import { teku } from './clients/teku.ts';
import type { ConsensusClient } from './consensus-client.ts';
import type { ConsensusClientName } from './consensus-spec.ts';

/** Every consensus client that nodectl runs beside geth. A test compares this list with the folder. */
export const CONSENSUS_CLIENT_TABLE: Readonly<Record<ConsensusClientName, ConsensusClient>> = {
  nimbus,
  lighthouse,
  lodestar,
  prysm,
  teku,
  grandine,
};

export function consensusClient(name: ConsensusClientName): ConsensusClient {
  return CONSENSUS_CLIENT_TABLE[name];
}
