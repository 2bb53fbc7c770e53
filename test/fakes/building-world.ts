import { NodectlError } from '../../src/errors.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { ImagePacker, ProgramBuilder } from '../../src/ports/images.ts';
import type { World } from '../../src/ports.ts';
import type { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';

/**
 * A world with this engine, a builder that has Go or not, and a packer whose archive the engine takes as the image it describes.
 * `built` names what was built, as `geth 1.17.8`.
 */
export function buildingWorld(engine: FakeEngine, go = true) {
  const notices: string[] = [];
  const built: string[] = [];
  const builder: ProgramBuilder = {
    goVersion: async () => (go ? 'go1.26.8' : undefined),
    async build({ program, version }) {
      if (!go) throw new NodectlError('GO_MISSING', 'no Go');
      built.push(`${program} ${version}`);
      return { path: '/binary', moduleSum: 'h1:sum', goVersion: 'go1.26.8', fromCache: false };
    },
  };
  let packed: Parameters<ImagePacker['pack']>[0] | undefined;
  const packer: ImagePacker = {
    async *pack(request) {
      packed = request;
      yield Buffer.alloc(0);
    },
  };
  engine.loadImage = async (archive) => {
    for await (const _chunk of archive);
    if (packed !== undefined) engine.images.push(fakeImage(packed.reference, { labels: packed.labels, architecture: packed.architecture }));
  };
  const world: Partial<World> = {
    engine: async () => engine as Engine,
    builder: async () => builder,
    packer: async () => packer,
    console: {
      notice: (text) => notices.push(text),
      warn: () => {},
      progress: () => {},
      confirm: async () => true,
      secret: async () => '',
    },
    signal: new AbortController().signal,
  };
  return { world: world as World, notices, built };
}
