import { chainRecord } from '../node/chain-record.ts';
import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { initWords } from '../node/init-words.ts';
import { partNames } from '../node/names.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { initChain } from './init-chain.ts';
import { noteChain } from './note-chain.ts';

interface Emptied {
  readonly node: string;
  readonly observed: ObservedNode;
  /** Undefined where only volumes are left of the node: `up` does the rest then. */
  readonly spec: NodeSpec | undefined;
  readonly image: string;
}

/**
 * Makes a volume whose chain was removed ready for its container: what is remembered of the chain is that nobody but this geth wrote it,
 * and a private chain has its genesis again.
 */
export async function beginChainAnew({ node, observed, spec, image }: Emptied, engine: Engine): Promise<void> {
  if (spec === undefined || observed.container === undefined) return;
  const { volume } = partNames(node);
  await noteChain(node, chainRecord(spec, undefined), observed, image, engine);
  if (spec.custom?.private === undefined) return;
  const words = initWords(spec);
  await initChain(
    { kind: 'init-chain', volume, image, user: `${GETH_UID}:${GETH_GID}`, words, cause: 'its chain was removed' },
    node,
    engine,
  );
}
