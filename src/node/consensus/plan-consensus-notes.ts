import { SNAP_LEAST } from '../execution-notes.ts';
import type { NetworkProfile } from '../profile.ts';
import type { NodeSpec } from '../spec.ts';
import { consensusClient } from './client-table.ts';

/** What whoever reads the plan must know of who tells geth its head: third parties that see requests, what is exposed, and when it cannot follow; sentences. */
export function planConsensusNotes(spec: NodeSpec, profile: NetworkProfile): readonly string[] {
  return spec.light === null ? [...shortChainNotes(spec, profile), ...driverNotes(spec, profile)] : [];
}

/** Measured with geth 1.17.8, first told of blocks 38, 44 and 63: it stayed at block 0 or 1 and held every further block for invalid. */
function shortChainNotes({ mode }: NodeSpec, profile: NetworkProfile): readonly string[] {
  if (mode !== 'snap' || profile.private?.seal !== 'engine') return [];
  return [
    `A snap sync of ${profile.name} can leave geth at its beginning for good where the first head it is told is below block ${SNAP_LEAST}: on a young chain, or by a client that begins at the genesis. --syncmode full, the default there, begins anywhere.`,
  ];
}

function driverNotes({ consensus }: NodeSpec, profile: NetworkProfile): readonly string[] {
  if (consensus === null) {
    if (profile.consensus === 'none') return [];
    return [`geth alone does not follow ${profile.name}: it waits for a consensus client. --consensus runs one, or tells of your own.`];
  }
  switch (consensus.kind) {
    case 'client': {
      if (consensus.checkpoints.length === 0) return [];
      const { title } = consensusClient(consensus.client);
      const [first = '', ...others] = consensus.checkpoints;
      const agree = others.length === 0 ? 'taken at its word' : `${others.join(', ')} agreed with it`;
      return [`${title} begins from a checkpoint of ${first} (${agree}); they see the address of this host.`];
    }
    case 'builtin':
      return [
        `geth asks ${consensus.beaconApis.join(', ')} for each head, and they see the address of this host; it verifies what the sync committee signed, and no more.`,
      ];
    case 'external': {
      const { hostIp, port } = consensus.engine;
      if (hostIp.startsWith('127.')) return [];
      return [
        `The engine API is published on ${hostIp}:${port}, past the firewall rules of ufw: whoever reaches it and has the key decides which chain is the right one.`,
      ];
    }
  }
}
