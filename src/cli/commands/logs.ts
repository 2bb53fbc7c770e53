import * as z from 'zod/mini';
import { type LogsRequest, nodeLogs } from '../../actions/logs.ts';
import { NodectlError } from '../../errors.ts';
import { LOG_LEVELS } from '../../node/log/log-level.ts';
import { readLogLine } from '../../node/log/read-log-line.ts';
import { shownLine } from '../../node/log/shown-line.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';
import { timeOption } from '../time-option.ts';

const Tail = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, 'is not a number of lines')),
  z.transform((text: string) => Number(text)),
);

/** One line of `--json`: NDJSON, one document per log line. */
const LineSchema = z.object({
  time: z.string().check(z.describe("the engine's, RFC 3339 with nanoseconds")),
  stream: z.enum(['stdout', 'stderr']),
  level: z.nullable(z.enum(LOG_LEVELS)).check(z.describe('null for a line that is none of a log: a stack, the rest of a message')),
  message: z.string().check(z.describe('the words alone; of a line without a level the whole line')),
  fields: z.record(z.string(), z.string()).check(z.describe("values as the program spells them, for instance '1,234'")),
  text: z.string().check(z.describe('the line as the program wrote it')),
});

export const command: Command<LogsRequest, z.infer<typeof LineSchema>> = {
  summary: "print a node's log: geth's, or its consensus client's",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: [
    { flags: '--consensus', help: "the log of the node's consensus client in place of geth's" },
    { flags: '-f, --follow', help: 'go on with new lines until the node is stopped, also when it is restarted after a crash' },
    { flags: '--tail <lines>', help: 'the last lines only; with --level, the last of that level', completes: 'nothing' },
    { flags: '--since <time>', help: 'from a time on: 10m ago, or 2026-11-21T10:00:00Z', completes: 'nothing' },
    { flags: '--until <time>', help: 'up to a time, written alike', completes: 'nothing' },
    { flags: '--level <level>', help: 'only lines of that level or worse: trace, debug, info, warn, error, crit', completes: LOG_LEVELS },
  ],
  examples: [
    'nodectl logs --tail 50',
    'nodectl logs mainnet -f --since 10m',
    'nodectl logs mainnet --level warn --since 1d',
    'nodectl logs mainnet --consensus --tail 50',
    "nodectl logs mainnet --json | jq -r 'select(.fields.number) | .fields.number'",
  ],
  input: z.strictObject({
    ...{ node: nodeName, consensus: flag, follow: flag, tail: z.optional(Tail) },
    ...{
      since: z.optional(timeOption),
      until: z.optional(timeOption),
      level: z.optional(z.enum(LOG_LEVELS, `is none of ${LOG_LEVELS.join(', ')}`)),
    },
  }),
  report: LineSchema,
  run: () => Promise.reject(new NodectlError('BUG', 'logs is a stream.')),
  render: ({ text }) => shownLine(text),
  exit: () => 0,
  stream: async (input, world, output) => {
    for await (const { time, stream, text } of nodeLogs(input, world)) {
      output.write(output.json ? JSON.stringify({ time, stream, ...readLogLine(text), text }) : shownLine(text));
    }
    return 0;
  },
};
