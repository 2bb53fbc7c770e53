import { planConsensusNotes } from './consensus/plan-consensus-notes.ts';
import { uncleanDeathNote } from './geth-rules/durability.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec } from './spec.ts';

/** What whoever reads the plan must know of the node as a whole; sentences. */
export function planNotes(spec: NodeSpec, profile: NetworkProfile): readonly string[] {
  const death = uncleanDeathNote(spec.geth, profile, spec.scheme, spec.mode);
  return [
    ...planConsensusNotes(spec, profile),
    ...(death === undefined ? [] : [death]),
    ...(spec.mining === null || profile.private === undefined
      ? []
      : [`${spec.mining.etherbase} is unlocked while the node runs: whoever reaches its HTTP port can send from it.`]),
  ];
}
