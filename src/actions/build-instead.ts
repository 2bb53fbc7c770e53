import { NodectlError } from '../errors.ts';
import { BUILT_PROGRAMS } from '../node/built-program.ts';
import type { Architecture } from '../ports/engine.ts';
import type { ProgramName } from '../ports/images.ts';
import type { World } from '../ports.ts';
import { type BuiltImage, buildImage } from './build-image.ts';

interface Wanted {
  readonly program: ProgramName;
  readonly version: string;
  readonly architecture: Architecture;
}

/** Builds from source, after saying so, what could not be pulled; REGISTRY_UNREACHABLE with both remedies where there is no Go. */
export async function buildInstead(unreachable: NodectlError, wanted: Wanted, world: World): Promise<BuiltImage> {
  const { title, duration } = BUILT_PROGRAMS[wanted.program];
  const goVersion = await (await world.builder()).goVersion();
  if (goVersion === undefined) {
    throw new NodectlError('REGISTRY_UNREACHABLE', `${unreachable.message} There is no Go toolchain here to build ${title} with either.`, {
      hint: 'Give the engine a way to the registry (a proxy or mirror), or install Go 1.25 or newer (https://go.dev/dl) to build it.',
      facts: unreachable.facts,
      cause: unreachable,
    });
  }
  world.console.notice(
    `${unreachable.message}\nBuilding ${title} ${wanted.version} from its public source with ${goVersion} instead (${duration}).`,
  );
  return buildImage({ ...wanted, force: false }, world);
}
