import * as z from 'zod/mini';
import { type LogsRequest, nodeLogs } from '../../actions/logs.ts';
import { NodectlError } from '../../errors.ts';
import { parseDuration } from '../../node/duration.ts';
import type { LogLine } from '../../ports/engine.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';

const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

const Tail = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, 'is not a number of lines')),
  z.transform((text: string) => Number(text)),
);

const Since = z.pipe(
  z
    .string()
    .check(z.refine((text) => readSince(text) !== undefined, 'is not a duration such as 10m, nor a time such as 2026-11-21T10:00:00Z')),
  z.transform((text: string) => readSince(text)),
);

function readSince(text: string): LogsRequest['since'] {
  const ago = parseDuration(text);
  if (ago !== undefined) return { ago };
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : { at };
}

/** One line of `--json`: NDJSON, one document per log line. */
const LineSchema = z.object({ time: z.string(), stream: z.enum(['stdout', 'stderr']), text: z.string() });

export const command: Command<LogsRequest, LogLine> = {
  summary: "print a node's log: geth's, or its consensus client's",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one' }],
  options: [
    { flags: '--consensus', help: "the log of the node's consensus client in place of geth's" },
    { flags: '-f, --follow', help: 'go on with new lines until the node ends' },
    { flags: '--tail <lines>', help: 'the last lines only' },
    { flags: '--since <time>', help: 'from a time on: 10m ago, or 2026-11-21T10:00:00Z' },
  ],
  examples: [
    'nodectl logs --tail 50',
    'nodectl logs mainnet -f --since 10m',
    'nodectl logs mainnet --consensus --tail 50',
    'nodectl logs --json | jq -r .text',
  ],
  input: z.strictObject({ node: nodeName, consensus: flag, follow: flag, tail: z.optional(Tail), since: z.optional(Since) }),
  report: LineSchema,
  run: () => Promise.reject(new NodectlError('BUG', 'logs is a stream.')),
  render: ({ text }) => text,
  exit: () => 0,
  stream: async (input, world, output) => {
    for await (const { time, stream, text } of nodeLogs(input, world)) {
      output.write(output.json ? JSON.stringify({ time, stream, text }) : text);
    }
    return 0;
  },
};
