import * as z from 'zod/mini';
import { type StatusRequest, status } from '../../actions/status.ts';
import type { NodeStatus } from '../../node/node-status.ts';
import type { Command } from '../command.ts';
import { durationOption, nodeName } from '../option-values.ts';
import { statusText } from '../status-text.ts';
import { statusSchema } from './status-schema.ts';

export const command: Command<StatusRequest, NodeStatus> = {
  summary: 'show where a node stands; exit 3 when it is not healthy',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: [{ flags: '--timeout <duration>', help: 'how long to wait for answers (default: 2s)', completes: 'nothing' }],
  examples: ['nodectl status', 'nodectl status mainnet --json --timeout 500ms'],
  input: z.strictObject({ node: nodeName, timeout: durationOption('2s') }),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return statusSchema();
  },
  run: status,
  render: statusText,
  exit: ({ healthy }) => (healthy ? 0 : 3),
};
