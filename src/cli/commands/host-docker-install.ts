import * as z from 'zod/mini';
import { type EngineInstallReport, installEngine } from '../../actions/install-engine.ts';
import type { Command } from '../command.ts';
import { ToldStepsSchema } from '../host-steps.ts';
import { flag } from '../option-values.ts';

interface Input {
  readonly yes: boolean;
}

/** `nodectl host docker install`: this machine gets its distribution's Docker engine, running, with settings that nodes can rely on. */
export const command: Command<Input, EngineInstallReport> = {
  summary: 'install and start the Docker engine of this distribution, with bounded logs and time to stop',
  arguments: [],
  options: [{ flags: '-y, --yes', help: 'do not ask' }],
  examples: ['nodectl host docker install --yes'],
  input: z.strictObject({ yes: flag }),
  report: z.object({
    alreadyRunning: z.boolean(),
    ran: z.readonly(z.array(z.string())),
    settings: ToldStepsSchema,
    restartDue: z.boolean(),
  }),
  run: installEngine,
  render: ({ alreadyRunning, settings, restartDue }) =>
    [
      alreadyRunning ? 'A Docker engine runs here already.' : 'The Docker engine is installed and answers.',
      ...undoLines(settings),
      ...(restartDue ? ['Bounds of logs hold after a restart of the engine: stop the nodes before it.'] : []),
    ].join('\n'),
  exit: () => 0,
};

function undoLines(settings: EngineInstallReport['settings']): readonly string[] {
  const undo = settings.flatMap((step) => step.undo ?? []).reverse();
  if (undo.length === 0) return [];
  return ['Its logs are bounded and nodes get time to close. What takes that back:', ...undo.map((line) => `  ${line}`)];
}
