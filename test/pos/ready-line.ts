import type { Network } from './network.ts';
import type { Pair } from './pair.ts';

/** One line of JSON with everything that a script needs to join the network. */
export function readyLine({ folder, profile, plan, files, funded, first, second, parts }: Network): string {
  const pids = Object.fromEntries(parts.map(({ name, pid }) => [name, pid]));
  return `${JSON.stringify({ folder, profile, ...plan, files, funded, first: addresses(first), second: second ? addresses(second) : null, pids })}\n`;
}

function addresses({ executionRpc, beaconApi, enode, multiaddress }: Pair): object {
  return { executionRpc, beaconApi, enode, multiaddress };
}
