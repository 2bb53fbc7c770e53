import { NodectlError } from '../errors.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { World } from '../ports.ts';

/** Pulls a reference, shows how far it is, and gives what the engine then has. NO_SUCH_IMAGE, REGISTRY_UNREACHABLE, IMAGE_PULL_FAILED, DISK_FULL. */
export async function pullImage(ref: string, engine: Engine, world: World): Promise<ImageFacts> {
  try {
    await engine.pullImage(ref, { onProgress: world.console.progress, signal: world.signal });
  } finally {
    world.console.progress(undefined);
  }
  const facts = await engine.image(ref);
  if (facts === undefined) throw new NodectlError('IMAGE_PULL_FAILED', `The engine pulled ${ref} and does not have it.`);
  return facts;
}

/** True for the failure after which building from source may still help. */
export function isUnreachable(thrown: unknown): thrown is NodectlError {
  return thrown instanceof NodectlError && thrown.code === 'REGISTRY_UNREACHABLE';
}
