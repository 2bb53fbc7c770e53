import * as z from 'zod/mini';
import { type EngineInstallReport, installEngine } from '../../actions/install-engine.ts';
import type { Command } from '../command.ts';
import { flag } from '../option-values.ts';

interface Input {
  readonly yes: boolean;
}

/** `nodectl host docker install`: this machine gets its distribution's Docker engine, running. */
export const command: Command<Input, EngineInstallReport> = {
  summary: 'install and start the Docker engine of this distribution',
  arguments: [],
  options: [{ flags: '-y, --yes', help: 'do not ask' }],
  examples: ['nodectl host docker install --yes'],
  input: z.strictObject({ yes: flag }),
  report: z.object({ alreadyRunning: z.boolean(), ran: z.readonly(z.array(z.string())) }),
  run: installEngine,
  render: ({ alreadyRunning }) => (alreadyRunning ? 'A Docker engine runs here already.' : 'The Docker engine is installed and answers.'),
  exit: () => 0,
};
