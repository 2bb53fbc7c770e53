import { NodectlError } from '../errors.ts';
import type { Architecture, ImageFacts } from '../ports/engine.ts';
import type { ProgramName } from '../ports/images.ts';
import { BUILT_PROGRAMS, programReference } from './built-program.ts';

/** Where an image may come from, as the user says it. */
export type ImageSource = 'auto' | 'pull' | 'build';

/** An image that would serve a version, and how it gets onto the engine. */
export interface ImageCandidate {
  readonly ref: string;
  readonly origin: 'pulled' | 'built';
}

/** On an image that was built here: `source`. */
export const LABEL_IMAGE_ORIGIN = 'nodectl.image.origin';
/** On an image that was built here: the checksum of the module as Go's checksum database knows it. */
export const LABEL_IMAGE_SUM = 'nodectl.image.module-sum';
export const LABEL_IMAGE_VERSION = 'org.opencontainers.image.version';

/** geth's own image of a version. */
export function officialReference(version: string): string {
  return `ethereum/client-go:v${version}`;
}

/** The image that nodectl builds of a geth version. */
export function builtReference(version: string): string {
  return programReference('geth', version);
}

/** The images that serve a version, the preferred one first. */
export function imageCandidates(version: string, source: ImageSource): readonly [ImageCandidate, ...ImageCandidate[]] {
  const pulled: ImageCandidate = { ref: officialReference(version), origin: 'pulled' };
  const built: ImageCandidate = { ref: builtReference(version), origin: 'built' };
  const candidates: Record<ImageSource, readonly [ImageCandidate, ...ImageCandidate[]]> = {
    auto: [pulled, built],
    pull: [pulled],
    build: [built],
  };
  return candidates[source];
}

/** The labels of an image that is built here: what it is and from exactly which source. */
export function builtImageLabels(
  program: ProgramName,
  version: string,
  moduleSum: string,
  goVersion: string,
): Readonly<Record<string, string>> {
  const { title, source } = BUILT_PROGRAMS[program];
  return {
    [LABEL_IMAGE_ORIGIN]: 'source',
    [LABEL_IMAGE_SUM]: moduleSum,
    'nodectl.image.go-version': goVersion,
    [LABEL_IMAGE_VERSION]: version,
    'org.opencontainers.image.title': title,
    'org.opencontainers.image.source': source,
  };
}

/** The version that an image's own build wrote into it; undefined for every image that was not built here. */
export function builtVersion(facts: ImageFacts): string | undefined {
  return facts.labels[LABEL_IMAGE_ORIGIN] === 'source' ? facts.labels[LABEL_IMAGE_VERSION] : undefined;
}

/** True when the engine's host can run the image as it is. */
export function fitsArchitecture(facts: ImageFacts, architecture: Architecture): boolean {
  return facts.os === 'linux' && facts.architecture === architecture;
}

/** Throws IMAGE_WRONG_ARCHITECTURE for an image that the engine's host cannot run as it is. */
export function judgeArchitecture(ref: string, facts: ImageFacts, architecture: Architecture): void {
  if (!fitsArchitecture(facts, architecture)) {
    throw new NodectlError(
      'IMAGE_WRONG_ARCHITECTURE',
      `The image ${ref} is for ${facts.os}/${facts.architecture}, the engine's host is not.`,
      {
        facts: { image: `${facts.os}/${facts.architecture}`, engine: `linux/${architecture}` },
      },
    );
  }
}

/** Throws IMAGE_WRONG_ARCHITECTURE or IMAGE_NOT_GETH for an image that cannot be a node here, from its facts alone. */
export function judgeImage(ref: string, facts: ImageFacts, architecture: Architecture): void {
  judgeArchitecture(ref, facts, architecture);
  if (!facts.entrypoint.some((word) => /^geth\b/.test(word.slice(word.lastIndexOf('/') + 1)))) {
    const entrypoint = facts.entrypoint.length === 0 ? 'none' : JSON.stringify(facts.entrypoint);
    throw new NodectlError('IMAGE_NOT_GETH', `The image ${ref} does not start geth.`, { facts: { entrypoint } });
  }
  // geth reads every flag from a variable too, from 1.13.1 on: it would run with words that no plan shows.
  const flag = facts.env.find((variable) => variable.startsWith('GETH_'));
  if (flag !== undefined) {
    const [variable = ''] = flag.split('=');
    throw new NodectlError('IMAGE_NOT_GETH', `The image ${ref} sets ${variable}, which geth reads as a flag.`, {
      hint: 'Give an image without GETH_ variables; flags of your own go after `--`.',
    });
  }
}
