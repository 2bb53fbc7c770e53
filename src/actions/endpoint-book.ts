import { NodectlError } from '../errors.ts';
import { ENDPOINTS_FILE } from '../node/container-paths.ts';
import type { EndpointBook } from '../node/endpoints/endpoint-book.ts';
import { readEndpointBook } from '../node/endpoints/read-endpoint-book.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { secretVolume } from '../node/names.ts';
import type { Engine } from '../ports/engine.ts';
import { readFromVolume } from './read-from-volume.ts';

/** The text of a node's endpoint book; undefined where there is none, or no image to look with. Its volume must be there. */
export async function bookText(node: string, image: string | undefined, engine: Engine): Promise<string | undefined> {
  return readFromVolume({ node, volume: secretVolume(node), image }, ENDPOINTS_FILE, engine);
}

/** The addresses that a person gave a node, whole. ENDPOINTS_REFUSED when the book is broken. */
export async function readBook(node: string, image: string | undefined, engine: Engine): Promise<EndpointBook | undefined> {
  const text = await bookText(node, image, engine);
  return text === undefined ? undefined : readEndpointBook(text, node);
}

/** ENDPOINTS_REFUSED where a person named the servers and their addresses are gone: no server that they did not choose is asked instead. */
export function refuseForgotten(
  node: string,
  own: LightSpec['own'],
  known: { readonly executionRpcs: readonly string[]; readonly beaconApis: readonly string[] },
): void {
  const execution = own.execution && known.executionRpcs.length === 0;
  if (!execution && !(own.beacon && known.beaconApis.length === 0)) return;
  throw new NodectlError('ENDPOINTS_REFUSED', `The servers that ${node} was given are not known any more.`, {
    hint: `Name them again: \`nodectl up --name ${node} --execution-rpc URL --beacon-api URL\`.`,
  });
}
