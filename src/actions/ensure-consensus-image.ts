import { NodectlError } from '../errors.ts';
import { BUILT_PROGRAMS } from '../node/built-program.ts';
import type { ConsensusClient } from '../node/consensus/consensus-client.ts';
import { builtVersion, fitsArchitecture, type ImageSource, judgeArchitecture } from '../node/image-choice.ts';
import type { Architecture } from '../ports/engine.ts';
import type { ProgramName } from '../ports/images.ts';
import type { World } from '../ports.ts';
import { buildImage } from './build-image.ts';
import { buildInstead } from './build-instead.ts';
import type { EnsuredImage } from './ensure-image.ts';
import { isUnreachable, pullImage } from './pull-image.ts';

interface ConsensusImageRequest {
  readonly client: ConsensusClient;
  readonly source: ImageSource;
  readonly architecture: Architecture;
}

/**
 * Finds, pulls or builds the image of a consensus client. What is present is used without any network. Of a client that
 * nodectl does not build: UNSUPPORTED_OPTION for `build`, REGISTRY_UNREACHABLE that names one that it builds.
 */
export async function ensureConsensusImage(request: ConsensusImageRequest, world: World): Promise<EnsuredImage> {
  const { client, source, architecture } = request;
  const engine = await world.engine();
  const build = buildOf(client);
  const official = `${client.image.repository}:${client.image.tag}`;
  if (source !== 'build') {
    const facts = await engine.image(official);
    if (facts !== undefined && fitsArchitecture(facts, architecture)) return pulled(facts, official, client.image.version);
  }
  if (source !== 'pull' && build !== undefined) {
    const facts = await engine.image(build.reference);
    // Anyone may tag an image with that name; what nodectl built says so itself.
    if (facts !== undefined && fitsArchitecture(facts, architecture) && builtVersion(facts) === build.version) {
      return { facts, ref: build.reference, origin: 'built', version: build.version, digest: null };
    }
  }
  if (source === 'build') {
    if (build === undefined) throw notBuilt(client);
    return built(await buildImage({ ...build, architecture, force: false }, world));
  }
  try {
    const facts = await pullImage(official, engine, world);
    judgeArchitecture(official, facts, architecture);
    return pulled(facts, official, client.image.version);
  } catch (thrown) {
    if (!isUnreachable(thrown)) throw thrown;
    if (build === undefined) throw nowhere(thrown);
    if (source === 'pull') throw thrown;
    return built(await buildInstead(thrown, { ...build, architecture }, world));
  }
}

function buildOf({ name, build }: ConsensusClient) {
  const program = PROGRAMS.find((candidate) => candidate === name);
  return build === undefined || program === undefined ? undefined : { ...build, program };
}

const PROGRAMS = Object.keys(BUILT_PROGRAMS) as readonly ProgramName[];

function pulled(facts: EnsuredImage['facts'], ref: string, version: string): EnsuredImage {
  return { facts, ref, origin: 'pulled', version, digest: facts.digests[0] ?? null };
}

function built({ facts, ref, version }: Pick<EnsuredImage, 'facts' | 'ref' | 'version'>): EnsuredImage {
  return { facts, ref, origin: 'built', version, digest: null };
}

function notBuilt({ title }: ConsensusClient): NodectlError {
  return new NodectlError('UNSUPPORTED_OPTION', `nodectl does not build ${title} from source.`, {
    hint: 'Use --image-source pull, or --consensus prysm, which it builds.',
  });
}

function nowhere(unreachable: NodectlError): NodectlError {
  return new NodectlError('REGISTRY_UNREACHABLE', unreachable.message, {
    hint: 'Give the engine a way to the registry (a proxy or mirror), load the image with `docker load`, or use --consensus prysm, which nodectl can build from source.',
    facts: unreachable.facts,
    cause: unreachable,
  });
}
