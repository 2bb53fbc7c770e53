import { openDockerEngine } from '../src/adapters/docker-engine/docker-engine.ts';
import { goToolchain } from '../src/adapters/go-toolchain.ts';
import { imageArchive } from '../src/adapters/image-archive.ts';
import { builtImageLabels, builtReference } from '../src/node/image-choice.ts';
import type { Engine } from '../src/ports/engine.ts';

/**
 * A reference of an image with a real geth, on the engine of the environment or on the one given: made by the project's own
 * builder, from its cache when it can (the first build takes two minutes), or of the binary that NODECTL_GETH_BINARY names.
 */
export async function gethImage(version: string, on?: Engine): Promise<string> {
  const engine = on ?? (await openDockerEngine(process.env));
  const reference = builtReference(version);
  if (await engine.image(reference)) return reference;
  const { architecture } = await engine.info();
  const built = await binaryOf(version, architecture);
  const labels = builtImageLabels('geth', version, built.moduleSum, built.goVersion);
  await engine.loadImage(imageArchive().pack({ program: 'geth', binary: built.path, reference, architecture, labels }), () => {});
  return reference;
}

async function binaryOf(version: string, architecture: string) {
  const given = process.env.NODECTL_GETH_BINARY;
  if (given) return { path: given, moduleSum: 'h1:unknown', goVersion: 'unknown' };
  return goToolchain(process.env).build({ program: 'geth', version, architecture }, () => {});
}
