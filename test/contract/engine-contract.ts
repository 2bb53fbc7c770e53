import { containerIdentityContract } from './container-identity-contract.ts';
import { containerLifeContract } from './container-life-contract.ts';
import { type ContractSubject, contractBench } from './contract-bench.ts';
import { eventContract } from './event-contract.ts';
import { networkContract } from './network-contract.ts';
import { outputContract } from './output-contract.ts';
import { placedFileContract } from './placed-file-contract.ts';
import { runContract } from './run-contract.ts';
import { sessionContract } from './session-contract.ts';
import { volumeAndImageContract } from './volume-and-image-contract.ts';
import { volumeTreeContract } from './volume-tree-contract.ts';

/** What every engine must do for nodectl, run on the fake one and on real ones. Leaves nothing behind. */
export function engineContract(open: () => Promise<ContractSubject>): void {
  const bench = contractBench(open);
  containerIdentityContract(bench);
  containerLifeContract(bench);
  volumeAndImageContract(bench);
  outputContract(bench);
  eventContract(bench);
  placedFileContract(bench);
  runContract(bench);
  sessionContract(bench);
  networkContract(bench);
  volumeTreeContract(bench);
}
