import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import { lightBackend } from '../node/light/light-backends.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { readLightFile } from '../node/light/read-light-file.ts';
import { partNames } from '../node/names.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { readBook, refuseForgotten } from './endpoint-book.ts';
import { isLone, lightAsker } from './light-asker.ts';
import { readFromVolume } from './read-from-volume.ts';
import { resolveNetwork } from './resolve-network.ts';

/**
 * Asks a light client's servers again and writes its configuration with a fresh root, before its stopped container is started.
 * ENDPOINTS_REFUSED where none passes; the container is left as it is.
 */
export async function refreshLight(
  node: string,
  spec: NodeSpec,
  light: LightSpec,
  container: ObservedContainer,
  world: World,
): Promise<void> {
  const [engine, files] = await Promise.all([world.engine(), world.profiles()]);
  const backend = lightBackend(light.backend);
  const image = container.imageId;
  // Looking into a volume that is not there would make it.
  const book = light.own.execution || light.own.beacon ? await readBook(node, image, engine) : undefined;
  const named = { executionRpcs: book?.executionRpcs ?? [], beaconApis: book?.beaconApis ?? [] };
  refuseForgotten(node, light.own, named);
  const profile = spec.custom ?? resolveNetwork(spec.network, files).profile;
  const found = await lightAsker(world)(named, profile, isLone(named));
  const empty = { network: null, chainConfig: null, trustedRoot: '', executionRpcs: [], beaconApis: [], discreet: true };
  const { path } = backend.configFile(empty);
  const known = spec.custom === null ? undefined : await readFromVolume({ node, volume: partNames(node).volume, image }, path, engine);
  const config = backend.configFile({
    network: spec.custom === null ? profile.name : null,
    chainConfig: readLightFile(known) ?? null,
    trustedRoot: found.root,
    executionRpcs: found.executionRpcs,
    beaconApis: found.beaconApis,
    discreet: [...named.executionRpcs, ...named.beaconApis].some((url) => shownEndpoint(url) !== url),
  });
  await engine.putFiles(container.id, [{ ...config, path: `${backend.mount}/${config.path}` }], GETH_UID, GETH_GID);
}
