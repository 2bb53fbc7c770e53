import { LABEL_ROLE } from '../node/labels.ts';
import { chainNetworkName } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { Engine } from '../ports/engine.ts';

/**
 * Removes the engine's network of a private chain when no container of that chain is left. A stopped one counts too: the
 * engine remembers a container's network by its id, and would never start it again in another network of the same name.
 */
export async function leaveChainNetwork(genesis: string, engine: Engine): Promise<void> {
  const left = (await engine.list()).some(({ labels }) => readSpec(labels)?.custom?.private?.genesis === genesis);
  if (!left) await engine.removeNetwork({ name: chainNetworkName(genesis), labels: { [LABEL_ROLE]: 'network' } });
}
