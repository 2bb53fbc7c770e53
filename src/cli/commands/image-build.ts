import * as z from 'zod/mini';
import { buildImage } from '../../actions/build-image.ts';
import { parseGethVersion } from '../../node/geth-version.ts';
import type { Command } from '../command.ts';
import { flag } from '../option-values.ts';

interface Input {
  readonly gethVersion: string;
  readonly force: boolean;
}

interface Report {
  readonly image: string;
  readonly id: string;
  readonly geth: string;
  readonly moduleSum: string;
  readonly size: number;
  readonly changed: boolean;
}

/** `nodectl image build`: geth from its public Go module, as an image on the engine. */
export const command: Command<Input, Report> = {
  summary: 'build a geth image from source, without a registry',
  arguments: [],
  options: [
    { flags: '--geth-version <version>', help: 'the geth version, for instance 1.17.8' },
    { flags: '--force', help: 'load the image again even when the engine has it' },
  ],
  examples: ['nodectl image build --geth-version 1.17.8'],
  input: z.strictObject({ gethVersion: z.string('must be given'), force: flag }),
  report: z.object({
    image: z.string(),
    id: z.string(),
    geth: z.string(),
    moduleSum: z.string(),
    size: z.number(),
    changed: z.boolean(),
  }),
  async run({ gethVersion, force }, world) {
    const version = parseGethVersion(gethVersion);
    const { architecture } = await (await world.engine()).info();
    const { ref, facts, moduleSum, made } = await buildImage({ version, architecture, force }, world);
    return { image: ref, id: facts.id, geth: version, moduleSum, size: facts.size, changed: made };
  },
  render: ({ image, id, moduleSum, changed }) =>
    changed ? `Built ${image} (${id.slice(0, 19)}) from module ${moduleSum}.` : `${image} is there already (${id.slice(0, 19)}).`,
  exit: () => 0,
};
