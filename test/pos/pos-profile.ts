import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { NetworkFiles } from './make-files.ts';
import type { Pair } from './pair.ts';

/** A profile of nodectl for the network, to be written beside its files: whoever uses it joins by peers of both layers. */
export function posProfile(chainId: number, files: NetworkFiles, pairs: readonly Pair[]): string {
  const asOf = new Date().toISOString().slice(0, 7);
  const offer = (address: (pair: Pair) => string) =>
    pairs.map((pair, index) => ({ url: address(pair), owner: `pair ${index + 1} of the network`, asOf }));
  return stringify({
    kind: 'private',
    name: 'pos',
    title: 'A private proof-of-stake network',
    genesis: basename(files.genesis),
    chainId,
    staticPeers: pairs.map((pair) => pair.enode),
    beacon: {
      config: basename(files.config),
      genesisState: basename(files.genesisState),
      staticPeers: pairs.map((pair) => pair.multiaddress),
    },
    endpoints: {
      checkpoints: offer((pair) => pair.beaconApi),
      executionRpcs: offer((pair) => pair.executionRpc),
      beaconApis: offer((pair) => pair.beaconApi),
    },
  });
}
