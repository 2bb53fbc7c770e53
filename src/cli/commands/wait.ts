import * as z from 'zod/mini';
import { type WaitReport, type WaitRequest, waitFor } from '../../actions/wait.ts';
import { formatDuration } from '../../node/duration.ts';
import { parseWaitConditions, WAIT_WORDS } from '../../node/wait-condition.ts';
import type { Command } from '../command.ts';
import { durationOption, nodeName } from '../option-values.ts';

export const command: Command<WaitRequest, WaitReport> = {
  summary: 'wait until a node has reached what is named; exit 6 when it takes too long, 7 when the node dies',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: [
    {
      flags: '--for <condition>',
      help: `${WAIT_WORDS.join(', ')}; given several times or with commas, all of them at once`,
      repeatable: true,
      completes: WAIT_WORDS.map((word) => word.replace(/N$/, '')),
    },
    { flags: '--timeout <duration>', help: 'how long to wait, for instance 12h; 0s looks once (default: 5m)', completes: 'nothing' },
  ],
  examples: [
    'nodectl wait --for rpc',
    'nodectl wait dev --for block=100 --timeout 1h',
    'nodectl wait hoodi --for synced,peers=3 --timeout 2d --json',
    'nodectl wait mainnet --for stopped --timeout 10m',
  ],
  input: z.pipe(
    z.strictObject({ node: nodeName, for: z._default(z.array(z.string()), []), timeout: durationOption('5m') }),
    z.transform((raw): WaitRequest => ({ node: raw.node, conditions: parseWaitConditions(raw.for), timeoutMs: raw.timeout })),
  ),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return reportSchema();
  },
  run: waitFor,
  render: ({ node, met, afterMs, head }) =>
    `${node}: ${met.join(', ')} after ${formatDuration(afterMs)}${head === null ? '' : `, head ${head}`}.`,
  exit: () => 0,
};

function reportSchema(): z.ZodMiniType<WaitReport> {
  return z.object({
    node: z.string(),
    met: z.array(z.string()).check(z.describe('the conditions as they were given')),
    afterMs: z.number(),
    state: z.nullable(z.string()).check(z.describe('in the words of status; null where the container is gone')),
    head: z.nullable(z.number()),
    peers: z.nullable(z.number()),
    exitCode: z.nullable(z.number()).check(z.describe('of a node that has stopped; null while it runs, and before it ran')),
  });
}
