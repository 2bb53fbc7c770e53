interface Asked {
  readonly executionRpcs: readonly unknown[];
  readonly beaconApis: readonly unknown[];
  readonly own: { readonly beacon: boolean };
}

interface Found {
  readonly execution: boolean;
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
    ...(found.execution ? [] : ['--execution-rpc URL (it must answer eth_getProof)']),
    ...(found.beacon ? [] : [beaconOption(asked)]),
  ];
  return {
    message: `A light client has nobody to ask: ${lacks.join(', and ')}.`,
    hint: `Name your own: ${options.join(' and ')}; each can be given several times, and then no other is asked.`,
  };
}

function beaconLack({ beaconApis, own }: Asked, { root }: Found): string {
  if (beaconApis.length === 0) return 'no beacon API is known';
  if (root) return 'no beacon API serves a light client';
  return own.beacon && beaconApis.length === 1
    ? 'one beacon API alone is not taken at its word'
    : 'no two beacon APIs of different owners agree on a fresh finalized root';
}

function beaconOption({ own }: Asked): string {
  const option = 'two --beacon-api URL (with the light-client API)';
  return own.beacon ? `${option}, or --force to take one at its word where no other contradicts it,` : option;
}
