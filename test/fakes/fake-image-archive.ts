import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { ImageFacts } from '../../src/ports/engine.ts';

/** What an engine learns from a docker-archive stream: the manifest's tags and the image's configuration. */
export async function readImageArchive(archive: AsyncIterable<Uint8Array>): Promise<ImageFacts> {
  const files = new Map<string, string>();
  const reader = extract();
  Readable.from(archive).pipe(reader);
  for await (const entry of reader) {
    if (!entry.header.name.endsWith('.json')) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, Buffer.concat(chunks).toString());
  }
  const [manifest] = JSON.parse(files.get('manifest.json') ?? '[]') as { Config: string; RepoTags: string[] }[];
  const config = JSON.parse(files.get(manifest?.Config ?? '') ?? '{}');
  return {
    id: `sha256:${(manifest?.Config ?? '').replace(/\.json$/, '').padEnd(64, '0')}`,
    digests: [],
    tags: manifest?.RepoTags ?? [],
    architecture: config.architecture ?? '',
    os: config.os ?? '',
    entrypoint: config.config?.Entrypoint ?? [],
    env: config.config?.Env ?? [],
    labels: config.config?.Labels ?? {},
    size: 1,
  };
}
