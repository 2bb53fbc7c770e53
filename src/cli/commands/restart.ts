import { restart, type StartedReport, type StartRequest } from '../../actions/start.ts';
import { endedWell } from '../../actions/stop-node.ts';
import type { Command } from '../command.ts';
import { renderStarted, START_OPTIONS, StartedSchema, StartInput } from './start.ts';

export const command: Command<StartRequest, StartedReport> = {
  summary: 'stop a node in good order and start it again',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: START_OPTIONS,
  examples: ['nodectl restart dev'],
  input: StartInput,
  report: StartedSchema,
  run: restart,
  render: renderStarted,
  exit: ({ stop }) => (stop === null || endedWell(stop) ? 0 : 3),
};
