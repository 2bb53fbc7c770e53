import { NodectlError } from '../errors.ts';
import { builtVersion, fitsArchitecture, type ImageSource, imageCandidates, judgeImage, officialReference } from '../node/image-choice.ts';
import { refuseMovingReference } from '../node/image-reference.ts';
import { LABEL_ROLE } from '../node/labels.ts';
import { reportedVersion } from '../node/reported-version.ts';
import type { Architecture, Engine, ImageFacts } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { buildImage } from './build-image.ts';
import { buildInstead } from './build-instead.ts';
import { isUnreachable, pullImage } from './pull-image.ts';

/** An image that is on the engine, fits it and holds geth of a known version. */
export interface EnsuredImage {
  readonly facts: ImageFacts;
  readonly ref: string;
  readonly origin: 'pulled' | 'built' | 'given';
  readonly version: string;
  /** `name@sha256:…` of the registry; null for an image that never was in one. */
  readonly digest: string | null;
}

interface ImageRequest {
  readonly version: string;
  /** The user's own image; its version is asked, never read from its name. */
  readonly ref?: string;
  readonly source: ImageSource;
  readonly architecture: Architecture;
}

/** Finds, pulls or builds the image of a version, or the one the user named. What is present is used without any network. */
export async function ensureImage(request: ImageRequest, world: World): Promise<EnsuredImage> {
  const engine = await world.engine();
  if (request.ref !== undefined) return givenImage(request.ref, request, engine, world);
  for (const { ref, origin } of imageCandidates(request.version, request.source)) {
    const facts = await engine.image(ref);
    if (facts === undefined || !fitsArchitecture(facts, request.architecture)) continue;
    // Anyone may tag an image with that name; what nodectl built says so itself.
    if (origin === 'pulled' || builtVersion(facts) === request.version) return ensured(facts, ref, origin, request.version);
  }
  if (request.source === 'build') return builtImage(request, world);
  try {
    const ref = officialReference(request.version);
    const facts = await pullImage(ref, engine, world);
    judgeImage(ref, facts, request.architecture);
    return ensured(facts, ref, 'pulled', request.version);
  } catch (thrown) {
    if (request.source !== 'auto' || !isUnreachable(thrown)) throw thrown;
    const { facts, ref, version } = await buildInstead(
      thrown,
      { program: 'geth', version: request.version, architecture: request.architecture },
      world,
    );
    return ensured(facts, ref, 'built', version);
  }
}

async function givenImage(ref: string, request: ImageRequest, engine: Engine, world: World): Promise<EnsuredImage> {
  refuseMovingReference(ref);
  const facts = (await engine.image(ref)) ?? (await pullImage(ref, engine, world));
  judgeImage(ref, facts, request.architecture);
  const version = builtVersion(facts) ?? (await askVersion(ref, facts, engine));
  return ensured(facts, ref, 'given', version);
}

async function askVersion(ref: string, facts: ImageFacts, engine: Engine): Promise<string> {
  const { exitCode, output } = await engine.runOnce(facts.id, ['version'], { [LABEL_ROLE]: 'helper' });
  const version = reportedVersion(output);
  if (exitCode === 0 && version !== undefined) return version;
  const said = output.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  throw new NodectlError('IMAGE_NOT_GETH', `The image ${ref} did not answer \`geth version\` as geth does.`, {
    facts: { exit: String(exitCode), said },
  });
}

async function builtImage(request: ImageRequest, world: World): Promise<EnsuredImage> {
  const { facts, ref, version } = await buildImage(
    { program: 'geth', version: request.version, architecture: request.architecture, force: false },
    world,
  );
  return ensured(facts, ref, 'built', version);
}

function ensured(facts: ImageFacts, ref: string, origin: EnsuredImage['origin'], version: string): EnsuredImage {
  // An engine with the containerd store names a digest for what it was given, too; no registry knows it.
  return { facts, ref, origin, version, digest: origin === 'built' ? null : (facts.digests[0] ?? null) };
}
