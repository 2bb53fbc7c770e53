import type { ImageInspectInfo } from 'dockerode';
import { NodectlError } from '../../errors.ts';
import type { ImageFacts } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';

/** Characters of an image id, tag or digest reference; the engine judges the rest. */
const REFERENCE = /^[a-zA-Z0-9][a-zA-Z0-9._:@/-]{0,500}$/;

/** What the engine knows of an image it has; undefined when it has none. NO_SUCH_IMAGE for words that cannot name one. */
export async function imageFacts(connection: Connection, ref: string): Promise<ImageFacts | undefined> {
  if (!REFERENCE.test(ref) || /\/[./]|\/$/.test(ref)) {
    throw new NodectlError('NO_SUCH_IMAGE', `${JSON.stringify(ref)} is not an image reference.`);
  }
  const { status, body } = await connection.ask({
    method: 'GET',
    path: `/images/${ref}/json`,
    accept: [200, 404],
    purpose: `look for the image ${ref}`,
  });
  if (status === 404) return undefined;
  const image = body as ImageInspectInfo;
  return {
    id: image.Id,
    digests: image.RepoDigests ?? [],
    tags: image.RepoTags ?? [],
    architecture: image.Architecture,
    os: image.Os,
    entrypoint: entrypoint(image.Config?.Entrypoint),
    env: image.Config?.Env ?? [],
    labels: image.Config?.Labels ?? {},
    size: image.Size,
  };
}

function entrypoint(value: string | string[] | undefined | null): readonly string[] {
  if (typeof value === 'string') return [value];
  return value ?? [];
}
