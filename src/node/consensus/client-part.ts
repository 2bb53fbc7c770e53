import type { DesiredClient, DesiredNode } from '../desired-node.ts';
import { networkSteps } from '../execution-part.ts';
import { LABEL_CLIENT, LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from '../labels.ts';
import { consensusNames } from '../names.ts';
import type { Part } from '../part.ts';
import { keySteps } from '../secret-steps.ts';
import type { Step } from '../step.ts';

/** The consensus client's part of a node. */
export function clientPart(desired: DesiredNode, client: DesiredClient): Part {
  const { container, files, spec } = client;
  const names = consensusNames(desired.name);
  return {
    ...{ names, container, files },
    volume: {
      name: names.volume,
      labels: {
        [LABEL_NODE]: desired.name,
        [LABEL_ROLE]: 'consensus',
        [LABEL_NETWORK]: desired.spec.network,
        [LABEL_CLIENT]: spec.client,
        [LABEL_VERSION]: container.labels[LABEL_VERSION] ?? '',
      },
    },
    causes: {
      volume: 'the beacon chain needs a place that outlives the container',
      container: 'geth follows what its consensus client tells it',
      prepare: `the client runs as ${container.user}, not as root`,
    },
    ownedByImage: false,
    ground: networkSteps(desired),
    needs: keySteps(desired),
    begin: firstRun(client, names.volume),
  };
}

function firstRun({ firstRun: words, container }: DesiredClient, volume: string): readonly Step[] {
  if (words === undefined) return [];
  const { image, entrypoint, user, limits } = container;
  const cause = 'this client begins from a checkpoint before its first start';
  return [{ kind: 'begin-database', volume, image, entrypoint, words, user, memory: limits.memory, cause }];
}
