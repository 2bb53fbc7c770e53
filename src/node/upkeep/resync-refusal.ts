import { NodectlError } from '../../errors.ts';
import type { ObservedNode } from '../../ports/containers.ts';
import { ownsItsChain } from '../archive/archive-contents.ts';
import { labelRecord } from '../chain-record.ts';
import { keptSpec } from '../kept-spec.ts';

/** Refuses, before anything is touched, to remove the chain of a node that has none. */
export function refuseResync(node: string, observed: ObservedNode): void {
  const { container, volume } = observed;
  const spec = keptSpec(node, observed);
  if ((spec?.light ?? null) !== null || (container === undefined && labelRecord(volume?.labels ?? {})?.geth === '')) {
    throw new NodectlError('UNSUPPORTED_OPTION', `${node} is a light client: it keeps no chain that could be removed.`, {
      hint: `It begins anew at each start: \`nodectl restart ${node}\`.`,
    });
  }
  if (volume === undefined) {
    throw new NodectlError('NO_SUCH_NODE', `${node} has no chain volume.`, { hint: `\`nodectl up --name ${node}\` makes it.` });
  }
}

/** What a person agrees to. */
export function resyncQuestion(node: string, observed: ObservedNode): string {
  const begun = keptSpec(node, observed) ?? labelRecord(observed.volume?.labels ?? {});
  const lost =
    begun !== undefined && ownsItsChain(begun)
      ? 'Blocks that no other node of this chain has are gone for ever.'
      : 'It is fetched from the network again.';
  return `Remove the chain of ${node}? ${lost} Keys, node key, peers and secrets stay.`;
}
