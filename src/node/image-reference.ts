import { NodectlError } from '../errors.ts';

/** A reference to an image in a registry, taken apart as docker does. */
export interface ImageReference {
  /** `docker.io` when the reference names none. */
  readonly registry: string;
  /** Tag without its colon; undefined when there is none. */
  readonly tag: string | undefined;
  /** `sha256:…`; undefined when there is none. */
  readonly digest: string | undefined;
}

const REFERENCE =
  /^(?<name>[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** The parts of a reference, or NO_SUCH_IMAGE for words that cannot name an image in a registry. */
export function parseImageReference(text: string): ImageReference {
  const parts = text.length > 512 ? undefined : REFERENCE.exec(text)?.groups;
  if (parts?.name === undefined || /^[a-f0-9]{64}$/.test(text)) {
    throw new NodectlError('NO_SUCH_IMAGE', `${JSON.stringify(text.slice(0, 80))} does not name an image in a registry.`);
  }
  const [first = '', ...rest] = parts.name.split('/');
  const registry = rest.length > 0 && /[.:]/.test(first) ? first : 'docker.io';
  return { registry, tag: parts.tag, digest: parts.digest };
}

/**
 * Refuses (USAGE) a reference that moves under a node: none, or the tag `latest`, which of geth's images is the development
 * build.
 */
export function refuseMovingReference(text: string): void {
  const { tag, digest } = parseImageReference(text);
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return;
  const why = tag === undefined ? 'has neither a tag nor a digest' : 'names the tag latest';
  throw new NodectlError('USAGE', `The image ${text} ${why}: it would be another image tomorrow.`, {
    hint: 'Name a version, for instance ethereum/client-go:v1.17.8, or a digest.',
  });
}
