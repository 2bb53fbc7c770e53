import { NodectlError } from '../errors.ts';
import { programReference } from '../node/built-program.ts';
import { builtImageLabels, fitsArchitecture, LABEL_IMAGE_SUM } from '../node/image-choice.ts';
import type { Architecture, ImageFacts } from '../ports/engine.ts';
import type { ProgramName } from '../ports/images.ts';
import type { World } from '../ports.ts';

/** An image of a program that was built from source. */
export interface BuiltImage {
  readonly ref: string;
  readonly facts: ImageFacts;
  readonly version: string;
  /** h1:… */
  readonly moduleSum: string;
  /** False when the engine had it already and nothing was done. */
  readonly made: boolean;
}

/** Makes sure the engine has the image built from source; `force` packs and loads it again. GO_MISSING, IMAGE_BUILD_FAILED, DISK_FULL. */
export async function buildImage(
  request: { readonly program: ProgramName; readonly version: string; readonly architecture: Architecture; readonly force: boolean },
  world: World,
): Promise<BuiltImage> {
  const { program, version, architecture } = request;
  const engine = await world.engine();
  const ref = programReference(program, version);
  const present = request.force ? undefined : await engine.image(ref);
  if (present !== undefined && fitsArchitecture(present, architecture)) {
    return { ref, facts: present, version, moduleSum: present.labels[LABEL_IMAGE_SUM] ?? '', made: false };
  }
  const [builder, packer] = await Promise.all([world.builder(), world.packer()]);
  const onProgress = world.console.progress;
  try {
    const binary = await builder.build({ program, version, architecture }, onProgress, world.signal);
    const labels = builtImageLabels(program, version, binary.moduleSum, binary.goVersion);
    await engine.loadImage(packer.pack({ program, binary: binary.path, reference: ref, architecture, labels }), onProgress);
    const facts = await engine.image(ref);
    if (facts === undefined) throw new NodectlError('ENGINE_FAILED', `The engine took the image ${ref} and does not have it.`);
    return { ref, facts, version, moduleSum: binary.moduleSum, made: true };
  } finally {
    onProgress(undefined);
  }
}
