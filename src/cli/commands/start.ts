import * as z from 'zod/mini';
import { type StartedReport, type StartRequest, start } from '../../actions/start.ts';
import { WAIT_GOALS } from '../../actions/wait-until-ready.ts';
import type { Command, OptionUsage } from '../command.ts';
import { durationOption, nodeName } from '../option-values.ts';
import { EndpointsSchema, StartSchema, StopSchema, startLines, stopText } from '../start-report.ts';
import type { Style } from '../style.ts';

export const StartInput = z.pipe(
  z.strictObject({ node: nodeName, wait: z._default(z.enum(WAIT_GOALS), 'rpc'), timeout: durationOption('5m') }),
  z.transform((raw): StartRequest => ({ node: raw.node, wait: raw.wait, timeoutMs: raw.timeout })),
);

export const START_OPTIONS: readonly OptionUsage[] = [
  { flags: '--wait <goal>', help: `wait for ${WAIT_GOALS.join(', ')} (default: rpc)`, completes: WAIT_GOALS },
  { flags: '--timeout <duration>', help: 'how long to wait, for instance 90s (default: 5m)', completes: 'nothing' },
];

export const StartedSchema: z.ZodMiniType<StartedReport> = z.object({
  node: z.string(),
  wasRunning: z.boolean(),
  stop: z.nullable(StopSchema),
  start: StartSchema,
  endpoints: EndpointsSchema,
  notes: z.array(z.string()),
});

export const command: Command<StartRequest, StartedReport> = {
  summary: 'start a stopped node as it is',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'stopped-node' }],
  options: START_OPTIONS,
  examples: ['nodectl start dev'],
  input: StartInput,
  report: StartedSchema,
  run: start,
  render: renderStarted,
  exit: () => 0,
};

/** `start` and `restart` as text. */
export function renderStarted(report: StartedReport, style: Style): string {
  const lines = report.stop === null ? [] : [stopText(report.stop, style)];
  lines.push(report.wasRunning && report.stop === null ? `${report.node} was running already.` : `${report.node} is started.`);
  const { http, ws } = report.endpoints;
  const answers = [`  http ${http}`, ...(ws === null ? [] : [`  ws   ${ws}`])];
  const notes = report.notes.map((note) => style.paint('yellow', `! ${note}`));
  return [...lines, ...startLines(report.start, style), ...notes, ...answers].join('\n');
}
