import * as z from 'zod/mini';
import { type EngineInstallReport, installEngine } from '../../actions/install-engine.ts';
import type { Command } from '../command.ts';

interface Input {
  readonly yes: boolean;
}

/** `nodectl host docker install`: this machine gets its distribution's Docker engine, running. */
export const command: Command<Input, EngineInstallReport> = {
  summary: 'install and start the Docker engine of this distribution',
  arguments: [],
  options: [{ flags: '--yes', help: 'do not ask' }],
  examples: ['nodectl host docker install --yes'],
  input: z.object({ yes: z._default(z.boolean(), false) }),
  report: z.object({ alreadyRunning: z.boolean(), ran: z.readonly(z.array(z.string())) }),
  run: installEngine,
  render: ({ alreadyRunning }) => (alreadyRunning ? 'A Docker engine runs here already.' : 'The Docker engine is installed and answers.'),
  exit: () => 0,
};
