import type { ObservedNode } from '../ports/containers.ts';
import { chainNetwork, nodeNetwork } from './chain-network.ts';
import { recordText } from './chain-record.ts';
import type { DesiredNode } from './desired-node.ts';
import { initWords } from './init-words.ts';
import { LABEL_CHAIN, LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from './labels.ts';
import { partNames } from './names.ts';
import type { Part } from './part.ts';
import { keySteps, secretSteps } from './secret-steps.ts';
import type { Step } from './step.ts';

/** geth's part of a node, or that of the light client in its place: always there. */
export function executionPart(desired: DesiredNode, observed: ObservedNode): Part {
  const { name, spec, container, files } = desired;
  const names = partNames(name);
  return {
    ...{ names, container, files },
    volume: {
      name: names.volume,
      labels: {
        [LABEL_NODE]: name,
        [LABEL_ROLE]: 'execution',
        [LABEL_NETWORK]: spec.network,
        [LABEL_CHAIN]: recordText(desired.chain),
        [LABEL_VERSION]: container.labels[LABEL_VERSION] ?? '',
        ...desired.storage?.labels,
      },
      options: desired.storage?.options,
    },
    causes: {
      volume: spec.light === null ? 'the chain needs a place that outlives the container' : 'whom it asks is kept where only it reads it',
      container: 'the node has no container',
      prepare: `${spec.light === null ? 'geth' : 'it'} runs as ${container.user}, not as root`,
    },
    // On its first mount an empty volume takes the owner and mode of the image's folder, and the images that nodectl builds
    // have one for geth's user.
    // A filesystem of its own is never empty.
    ownedByImage: spec.image.origin === 'built' && spec.storageMode !== 'sized',
    ground: networkSteps(desired),
    needs: [...secretSteps(desired, observed), ...keySteps(desired)],
    begin: chainSteps(desired),
  };
}

/** The engine's network that a node's parts, or the nodes of its private chain, share; making it again changes nothing. */
export function networkSteps({ name, spec, container }: DesiredNode): readonly Step[] {
  if (spec.light !== null) return [];
  const chain = spec.custom?.private;
  const version = container.labels[LABEL_VERSION] ?? '';
  if (chain !== undefined) {
    const cause = "the chain's nodes reach each other there, and nobody else does";
    return [{ kind: 'create-network', network: chainNetwork(spec.network, chain, version), cause }];
  }
  if (spec.consensus?.kind !== 'client') return [];
  const cause = "its consensus client reaches geth's engine API there, and nobody else does";
  return [{ kind: 'create-network', network: nodeNetwork(name, spec.network, version), cause }];
}

/** The genesis in the volume, which only a private chain needs. */
function chainSteps({ name, spec, container }: DesiredNode): readonly Step[] {
  if (spec.custom?.private === undefined || spec.light !== null) return [];
  const { volume } = partNames(name);
  const { image, user } = container;
  const cause = 'a private chain begins with its own genesis; a volume that has it stays as it is';
  return [{ kind: 'init-chain', volume, image, user, words: initWords(spec), cause }];
}
