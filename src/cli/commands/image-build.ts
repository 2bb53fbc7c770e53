import * as z from 'zod/mini';
import { buildImage } from '../../actions/build-image.ts';
import { buildLightImage } from '../../actions/build-light-image.ts';
import { consensusClient } from '../../node/consensus/client-table.ts';
import { parseGethVersion, parseVersion } from '../../node/geth-version.ts';
import { lightBackend } from '../../node/light/light-backends.ts';
import { LIGHT_BACKENDS, type LightBackendName } from '../../node/light/light-spec.ts';
import type { ProgramName } from '../../ports/images.ts';
import type { Command } from '../command.ts';
import { flag } from '../option-values.ts';

interface Input {
  readonly program: ProgramName | LightBackendName;
  readonly version: string;
  readonly force: boolean;
}

interface Report {
  readonly image: string;
  readonly id: string;
  readonly program: ProgramName | LightBackendName;
  readonly version: string;
  readonly moduleSum: string;
  readonly size: number;
  readonly changed: boolean;
}

/** The consensus clients that can be built from source. */
const BUILT_CLIENTS = ['prysm'] as const;

const words = z
  .strictObject({
    gethVersion: z.optional(z.string()),
    consensus: z.optional(z.enum(BUILT_CLIENTS)),
    consensusVersion: z.optional(z.string()),
    lightBackend: z.optional(z.enum(LIGHT_BACKENDS)),
    force: flag,
  })
  .check(
    z.refine((raw) => (raw.gethVersion ?? raw.consensus ?? raw.lightBackend) !== undefined, {
      message: 'must be given, or --consensus for a consensus client, or --light-backend for a light client',
      path: ['gethVersion'],
    }),
    z.refine((raw) => raw.gethVersion === undefined || raw.consensus === undefined, {
      message: 'contradicts --geth-version: one image at a time',
      path: ['consensus'],
    }),
    z.refine((raw) => raw.lightBackend === undefined || (raw.gethVersion === undefined && raw.consensus === undefined), {
      message: 'contradicts --geth-version and --consensus: one image at a time',
      path: ['lightBackend'],
    }),
    z.refine((raw) => raw.consensusVersion === undefined || raw.consensus !== undefined, {
      message: 'needs --consensus: whose version it is',
      path: ['consensusVersion'],
    }),
  );

/** `nodectl image build`: geth or a consensus client from its public Go module, or a light client from npm, as an image on the engine. */
export const command: Command<Input, Report> = {
  summary: 'build an image of geth, Prysm or a light client from source, without a registry',
  arguments: [],
  options: [
    { flags: '--geth-version <version>', help: 'the geth version, for instance 1.17.8', completes: 'geth-version' },
    { flags: '--consensus <client>', help: 'a consensus client instead of geth: prysm', completes: BUILT_CLIENTS },
    { flags: '--consensus-version <version>', help: "the client's version; default: the one that `up` builds", completes: 'nothing' },
    {
      flags: '--light-backend <name>',
      help: 'a verifying light client instead of geth: lodestar-prover, from its npm packages',
      completes: LIGHT_BACKENDS,
    },
    { flags: '--force', help: 'load the image again even when the engine has it' },
  ],
  examples: [
    'nodectl image build --geth-version 1.17.8',
    'nodectl image build --consensus prysm',
    'nodectl image build --light-backend lodestar-prover',
  ],
  input: z.pipe(
    words,
    z.transform((raw): Input => {
      if (raw.lightBackend !== undefined) return { program: raw.lightBackend, version: '', force: raw.force };
      if (raw.consensus === undefined) return { program: 'geth', version: parseGethVersion(raw.gethVersion ?? ''), force: raw.force };
      const { title, build } = consensusClient(raw.consensus);
      const usual = build?.version ?? '';
      return { program: raw.consensus, version: parseVersion(raw.consensusVersion ?? usual, title, usual), force: raw.force };
    }),
  ),
  report: z.object({
    image: z.string(),
    id: z.string(),
    program: z.enum(['geth', 'prysm', ...LIGHT_BACKENDS]),
    version: z.string(),
    moduleSum: z.string(),
    size: z.number(),
    changed: z.boolean(),
  }),
  async run({ program, version, force }, world) {
    const { architecture } = await (await world.engine()).info();
    const built =
      program === 'geth' || program === 'prysm'
        ? await buildImage({ program, version, architecture, force }, world)
        : await buildLightImage({ backend: lightBackend(program), architecture, force }, world);
    const { ref, facts, moduleSum, made } = built;
    return { image: ref, id: facts.id, program, version: built.version, moduleSum, size: facts.size, changed: made };
  },
  render: ({ image, id, moduleSum, changed }) =>
    changed ? `Built ${image} (${id.slice(0, 19)}) from module ${moduleSum}.` : `${image} is there already (${id.slice(0, 19)}).`,
  exit: () => 0,
};
