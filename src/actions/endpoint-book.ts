import { ENDPOINTS_FILE } from '../node/container-paths.ts';
import { type EndpointBook, EndpointBookSchema } from '../node/endpoints/endpoint-book.ts';
import { secretVolume } from '../node/names.ts';
import type { Engine } from '../ports/engine.ts';
import { readFromVolume } from './read-from-volume.ts';

/** The addresses that a person gave a node, whole; undefined where none are kept, or there is no image to look with. */
export async function readBook(node: string, image: string | undefined, engine: Engine): Promise<EndpointBook | undefined> {
  const text = await readFromVolume({ node, volume: secretVolume(node), image }, ENDPOINTS_FILE, engine);
  try {
    return text === undefined ? undefined : EndpointBookSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
