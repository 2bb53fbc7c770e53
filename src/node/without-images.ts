import type { NodeSpec } from './spec.ts';

/** The spec for an engine that lacks the images it was pinned to: each is provided again. */
export function withoutImages(spec: NodeSpec): NodeSpec {
  const image = { ...spec.image, id: '' };
  if (spec.consensus?.kind !== 'client') return { ...spec, image };
  return { ...spec, image, consensus: { ...spec.consensus, image: { ...spec.consensus.image, id: '' } } };
}
