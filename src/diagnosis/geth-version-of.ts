import type { NodeSpec } from '../node/spec.ts';
import type { ImageFacts } from '../ports/engine.ts';

const VERSION = /\bv?(\d{1,3}\.\d{1,3}\.\d{1,3})\b/;
const ANSWER = /^Geth\/v?(\d{1,3}\.\d{1,3}\.\d{1,3})\b/i;

/** Geth's version X.Y.Z, by what it answers, was made as, or its image is called; null where nothing tells it. */
export function gethVersionOf(known: {
  readonly answersAs: string | undefined;
  readonly spec: NodeSpec | null;
  readonly image: ImageFacts | null;
  readonly imageRef: string;
}): string | null {
  const { answersAs, spec, image, imageRef } = known;
  const answered = ANSWER.exec(answersAs ?? '')?.[1];
  if (answered !== undefined) return answered;
  if (spec !== null) return spec.geth || null;
  const tag = /:([^:/@]+)(?:@|$)/.exec(imageRef)?.[1] ?? '';
  const words = [
    tag,
    image?.labels['org.opencontainers.image.version'] ?? '',
    ...(image?.tags ?? []).map((name) => name.split(':').at(-1) ?? ''),
  ];
  return words.map((word) => VERSION.exec(word)?.[1]).find((version) => version !== undefined) ?? null;
}
