interface Asked {
  readonly executionRpcs: readonly unknown[];
  readonly beaconApis: readonly unknown[];
  readonly own: { readonly beacon: boolean };
}

interface Found {
  readonly execution: boolean;
  /** How many beacon APIs tell a fresh finalized root by themselves. */
  readonly sound: number;
  /** Two owners agree on a finalized root. */
  readonly root: boolean;
  /** One of the beacon APIs serves its bootstrap. */
  readonly beacon: boolean;
}

/** What a light client lacks, in words, and what to type. */
export function lightRefusal(asked: Asked, found: Found): { readonly message: string; readonly hint: string } {
  const lacks = [
    ...(found.execution ? [] : [asked.executionRpcs.length === 0 ? 'no execution RPC is known' : 'no execution RPC passes']),
    ...(found.beacon ? [] : [beaconLack(asked, found)]),
  ];
  const options = [
    ...(found.execution ? [] : ['--execution-rpc, for a server that answers eth_getProof']),
    ...(found.beacon ? [] : ['--beacon-api twice or more, for servers with the light-client API that do not belong together']),
  ];
  const force =
    !found.beacon && asked.own.beacon ? ' --force takes one beacon API alone at its word, as long as no other contradicts it.' : '';
  return {
    message: `A light client has nobody to ask: ${lacks.join(', and ')}.`,
    hint: `Name servers of your own: ${options.join('; and ')}. Then no other is asked in that role.${force}`,
  };
}

function beaconLack({ beaconApis, own }: Asked, { root, sound }: Found): string {
  if (beaconApis.length === 0) return 'no beacon API is known';
  if (root) return 'no beacon API serves a light client';
  if (sound === 0) return 'no beacon API passes';
  return own.beacon && sound === 1
    ? 'one beacon API alone is not taken at its word'
    : 'no two beacon APIs of different owners agree on a fresh finalized root';
}
