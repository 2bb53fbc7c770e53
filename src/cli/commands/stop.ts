import * as z from 'zod/mini';
import { stop } from '../../actions/stop.ts';
import { endedWell, type StopReport } from '../../actions/stop-node.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import { StopSchema, stopText } from '../start-report.ts';

interface Input {
  readonly node?: string | undefined;
}

export const command: Command<Input, StopReport> = {
  summary: 'stop a node in good order; containers and chain stay',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'running-node' }],
  options: [],
  examples: ['nodectl stop dev'],
  input: z.strictObject({ node: nodeName }),
  report: StopSchema,
  run: (input, world) => stop({ node: input.node }, world),
  render: stopText,
  exit: (report) => (endedWell(report) ? 0 : 3),
};
