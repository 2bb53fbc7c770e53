import { NodectlError } from '../errors.ts';
import { fitsArchitecture, judgeArchitecture } from '../node/image-choice.ts';
import type { ImageSpec } from '../node/image-spec.ts';
import type { LightBackend } from '../node/light/light-backend.ts';
import type { Architecture, ImageFacts } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { buildLightImage } from './build-light-image.ts';
import type { EnsuredImage } from './ensure-image.ts';
import { pullImage } from './pull-image.ts';

/** Finds, pulls or builds the image of a light client. What is present is used without any network. IMAGE_UNFIT for another program's. */
export async function ensureLightImage(
  backend: LightBackend,
  wanted: ImageSpec,
  architecture: Architecture,
  world: World,
): Promise<EnsuredImage> {
  const { ref, origin } = wanted;
  const engine = await world.engine();
  if (origin === 'built') {
    const { facts, version } = await buildLightImage({ backend, architecture, force: false }, world);
    judge(ref, facts, backend);
    return { facts, ref, origin, version, digest: null };
  }
  const present = await engine.image(ref);
  const facts = present !== undefined && fitsArchitecture(present, architecture) ? present : await pullImage(ref, engine, world);
  judgeArchitecture(ref, facts, architecture);
  judge(ref, facts, backend);
  return { facts, ref, origin, version: '', digest: facts.digests[0] ?? null };
}

/** Its variables come before its configuration file. */
const OVERRIDING = /^NIMBUS_VERIFIED_PROXY_/;

function judge(ref: string, { entrypoint, env }: ImageFacts, { title, program }: LightBackend): void {
  const starts = entrypoint.some((word) => word.split(/[\s/]/).includes(program));
  if (!starts) {
    const told = entrypoint.length === 0 ? 'none' : JSON.stringify(entrypoint);
    throw new NodectlError('IMAGE_UNFIT', `The image ${ref} does not start ${title}.`, { facts: { entrypoint: told, wanted: program } });
  }
  const variable = env.find((one) => OVERRIDING.test(one))?.split('=')[0];
  if (variable === undefined) return;
  throw new NodectlError('IMAGE_UNFIT', `The image ${ref} sets ${variable}, which ${title} takes before its configuration.`);
}
