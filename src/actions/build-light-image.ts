import { NodectlError } from '../errors.ts';
import { fitsArchitecture, LABEL_IMAGE_ORIGIN, LABEL_IMAGE_SUM, LABEL_IMAGE_VERSION } from '../node/image-choice.ts';
import type { LightBackend } from '../node/light/light-backend.ts';
import type { Architecture } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import type { BuiltImage } from './build-image.ts';

/**
 * Makes sure the engine has the image of a light client that nodectl builds from npm; `force` packs and loads it again.
 * `moduleSum` is that of the file which names every package with its checksum. UNSUPPORTED_OPTION for one that only a registry has.
 */
export async function buildLightImage(
  request: { readonly backend: LightBackend; readonly architecture: Architecture; readonly force: boolean },
  world: World,
): Promise<BuiltImage> {
  const { backend, architecture } = request;
  const { reference: ref, origin } = backend.image;
  if (origin !== 'built') {
    throw new NodectlError('UNSUPPORTED_OPTION', `nodectl does not build ${backend.title}.`, {
      hint: `The engine pulls ${ref}; or give an image of your own with --image.`,
    });
  }
  const engine = await world.engine();
  const version = ref.slice(ref.lastIndexOf(':v') + 2);
  const present = request.force ? undefined : await engine.image(ref);
  if (present !== undefined && fitsArchitecture(present, architecture)) {
    return { ref, facts: present, version, moduleSum: present.labels[LABEL_IMAGE_SUM] ?? '', made: false };
  }
  const onProgress = world.console.progress;
  try {
    const labels = {
      [LABEL_IMAGE_ORIGIN]: 'source',
      [LABEL_IMAGE_VERSION]: version,
      'org.opencontainers.image.title': backend.title,
      'org.opencontainers.image.source': 'https://github.com/ChainSafe/lodestar',
    };
    const packages = await world.packages();
    const { archive, lockSum } = await packages.build(
      { program: backend.name, reference: ref, architecture, labels },
      onProgress,
      world.signal,
    );
    await engine.loadImage(archive, onProgress);
    const facts = await engine.image(ref);
    if (facts === undefined) throw new NodectlError('ENGINE_FAILED', `The engine took the image ${ref} and does not have it.`);
    return { ref, facts, version, moduleSum: lockSum, made: true };
  } finally {
    onProgress(undefined);
  }
}
