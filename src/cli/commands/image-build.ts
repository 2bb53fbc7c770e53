import * as z from 'zod/mini';
import { buildImage } from '../../actions/build-image.ts';
import { consensusClient } from '../../node/consensus/client-table.ts';
import { parseGethVersion, parseVersion } from '../../node/geth-version.ts';
import type { ProgramName } from '../../ports/images.ts';
import type { Command } from '../command.ts';
import { flag } from '../option-values.ts';

interface Input {
  readonly program: ProgramName;
  readonly version: string;
  readonly force: boolean;
}

interface Report {
  readonly image: string;
  readonly id: string;
  readonly program: ProgramName;
  readonly version: string;
  readonly moduleSum: string;
  readonly size: number;
  readonly changed: boolean;
}

const words = z
  .strictObject({
    gethVersion: z.optional(z.string()),
    consensus: z.optional(z.enum(['prysm'])),
    consensusVersion: z.optional(z.string()),
    force: flag,
  })
  .check(
    z.refine((raw) => raw.gethVersion !== undefined || raw.consensus !== undefined, {
      message: 'must be given, or --consensus for a consensus client',
      path: ['gethVersion'],
    }),
    z.refine((raw) => raw.gethVersion === undefined || raw.consensus === undefined, {
      message: 'contradicts --geth-version: one image at a time',
      path: ['consensus'],
    }),
    z.refine((raw) => raw.consensusVersion === undefined || raw.consensus !== undefined, {
      message: 'needs --consensus: whose version it is',
      path: ['consensusVersion'],
    }),
  );

/** `nodectl image build`: geth or a consensus client from its public Go module, as an image on the engine. */
export const command: Command<Input, Report> = {
  summary: 'build an image of geth or of Prysm from source, without a registry',
  arguments: [],
  options: [
    { flags: '--geth-version <version>', help: 'the geth version, for instance 1.17.8' },
    { flags: '--consensus <client>', help: 'a consensus client instead of geth: prysm' },
    { flags: '--consensus-version <version>', help: "the client's version; default: the one that `up` builds" },
    { flags: '--force', help: 'load the image again even when the engine has it' },
  ],
  examples: ['nodectl image build --geth-version 1.17.8', 'nodectl image build --consensus prysm'],
  input: z.pipe(
    words,
    z.transform((raw): Input => {
      if (raw.consensus === undefined) return { program: 'geth', version: parseGethVersion(raw.gethVersion ?? ''), force: raw.force };
      const { title, build } = consensusClient(raw.consensus);
      const usual = build?.version ?? '';
      return { program: raw.consensus, version: parseVersion(raw.consensusVersion ?? usual, title, usual), force: raw.force };
    }),
  ),
  report: z.object({
    image: z.string(),
    id: z.string(),
    program: z.enum(['geth', 'prysm']),
    version: z.string(),
    moduleSum: z.string(),
    size: z.number(),
    changed: z.boolean(),
  }),
  async run({ program, version, force }, world) {
    const { architecture } = await (await world.engine()).info();
    const { ref, facts, moduleSum, made } = await buildImage({ program, version, architecture, force }, world);
    return { image: ref, id: facts.id, program, version, moduleSum, size: facts.size, changed: made };
  },
  render: ({ image, id, moduleSum, changed }) =>
    changed ? `Built ${image} (${id.slice(0, 19)}) from module ${moduleSum}.` : `${image} is there already (${id.slice(0, 19)}).`,
  exit: () => 0,
};
