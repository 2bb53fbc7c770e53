import { NodectlError } from '../errors.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import type { Engine } from '../ports/engine.ts';

interface Place {
  readonly node: string;
  readonly volume: string;
  /** An image that exists on the engine; undefined where none is known yet. */
  readonly image: string | undefined;
}

/** The text of a file in a node's volume; undefined when there is none, or no image to look with. */
export async function readFromVolume({ node, volume, image }: Place, path: string, engine: Engine): Promise<string | undefined> {
  if (image === undefined || image === '') return undefined;
  try {
    return await engine.readVolumeFile({ volume, path, image, labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' } });
  } catch (thrown) {
    // Somebody removed the image of a container: the next look provides it again.
    if (thrown instanceof NodectlError && thrown.code === 'NO_SUCH_IMAGE') return undefined;
    throw thrown;
  }
}
