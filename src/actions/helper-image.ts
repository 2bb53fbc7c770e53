import { labelRecord } from '../node/chain-record.ts';
import { PROVED_VERSIONS } from '../node/geth-rules/known-versions.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { ensureImage } from './ensure-image.ts';

/** An image to work on a node's volumes with: one that its containers have, or else geth's, which is provided when it is not there. */
export async function helperImage(observed: ObservedNode | undefined, geth: string | undefined, world: World): Promise<string> {
  const engine = await world.engine();
  const { container, consensus, volume } = observed ?? {};
  for (const id of [container?.imageId, consensus?.imageId]) if (id !== undefined && (await engine.image(id))) return id;
  const { architecture } = await engine.info();
  const version = geth || labelRecord(volume?.labels ?? {})?.geth || PROVED_VERSIONS.at(-1) || '';
  return (await ensureImage({ version, source: 'auto', architecture }, world)).facts.id;
}
