import type { ObservedNode } from '../ports/containers.ts';
import type { DesiredNode } from './desired-node.ts';
import { LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from './labels.ts';
import { secretVolume } from './names.ts';
import type { Step } from './step.ts';

/** The steps that make a node's secret volume and put what was given into it; none where it has all. */
export function secretSteps(desired: DesiredNode, observed: ObservedNode): readonly Step[] {
  const { name, spec, secret, container } = desired;
  if (secret === undefined) return [];
  const volume = secretVolume(name);
  const labels = {
    [LABEL_NODE]: name,
    [LABEL_ROLE]: 'secret',
    [LABEL_NETWORK]: spec.network,
    [LABEL_VERSION]: container.labels[LABEL_VERSION] ?? '',
  };
  const cause = 'keys and addresses are kept where only the node reads them';
  const made: Step = { kind: 'create-volume', volume: { name: volume, labels }, cause };
  const { files } = secret;
  const placed: Step = { kind: 'prepare-volume', volume, helper: `${volume}.helper`, image: container.image, files, cause };
  return [...(observed.volumes.some((seen) => seen.name === volume) ? [] : [made]), ...(files.length === 0 ? [] : [placed])];
}

/** The step that makes the key of the engine API, before a container that reads it is made. */
export function keySteps({ name, secret, container }: DesiredNode): readonly Step[] {
  if (secret?.makesKey !== true) return [];
  const cause = 'geth and its consensus client share one; a volume that has it stays as it is';
  return [{ kind: 'make-key', volume: secretVolume(name), image: container.image, cause }];
}
