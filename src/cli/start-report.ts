import * as z from 'zod/mini';
import type { StartReport } from '../actions/start-and-wait.ts';
import type { PartStop } from '../actions/stop-client.ts';
import type { StopReport } from '../actions/stop-node.ts';
import { DeathSchema } from './death-schema.ts';
import type { Style } from './style.ts';

const ShutdownSchema = z.object({
  clean: z.boolean(),
  exitCode: z.number(),
  /** What the verdict rests on. */
  evidence: z.string(),
});

const part = { wasRunning: z.boolean(), shutdown: z.nullable(ShutdownSchema), tookMs: z.number() };

export const StopSchema: z.ZodMiniType<StopReport> = z.object({
  node: z.string(),
  ...part,
  head: z.nullable(z.number()),
  /** Null where there is no consensus client, or none of its own. */
  consensus: z.nullable(z.object({ client: z.nullable(z.string()), ...part })),
});

export const StartSchema: z.ZodMiniType<StartReport> = z.object({
  ready: z.nullable(z.object({ afterMs: z.number(), head: z.nullable(z.number()) })),
  consensus: z.nullable(z.object({ afterMs: z.number(), headSlot: z.nullable(z.number()) })),
  headFell: z.nullable(z.object({ from: z.number(), to: z.number() })),
  uncleanEnd: z.nullable(z.string()),
  death: z.nullable(DeathSchema),
  siblings: z.array(z.object({ node: z.string(), connected: z.boolean() })),
});

export const EndpointsSchema = z.object({ http: z.string(), ws: z.nullable(z.string()) });

/** How a stop went: a line for each part that there is, in the order they were stopped. */
export function stopText(stop: StopReport, style: Style): string {
  const { consensus } = stop;
  const beside = consensus === null ? [] : [partText(consensus.client ?? 'The consensus client', consensus, '', style)];
  const head = stop.head === null ? '' : `, head ${stop.head}`;
  return [...beside, partText(stop.node, stop, head, style)].join('\n');
}

function partText(name: string, { shutdown, wasRunning, tookMs }: PartStop, head: string, style: Style): string {
  if (shutdown === null) return `${name} never ran.`;
  const { clean, evidence } = shutdown;
  const verdict = clean ? style.paint('green', 'clean') : style.paint('red', 'unclean');
  const when = wasRunning ? `stopped in ${(tookMs / 1000).toFixed(1)} s` : 'had stopped before';
  return `${name} ${when}: ${verdict} (${evidence})${head}.`;
}

/** How a start went: lines, none when there is nothing to tell. */
export function startLines(start: StartReport, style: Style): readonly string[] {
  const lines: string[] = [];
  if (start.uncleanEnd !== null) lines.push(style.paint('yellow', `The last end was unclean: ${start.uncleanEnd}.`));
  if (start.death !== null) lines.push(`${start.death.meaning} [${start.death.verdict}, ${start.death.confidence}]`);
  if (start.headFell !== null) {
    const { from, to } = start.headFell;
    lines.push(style.paint('red', `The head fell from ${from} to ${to}: ${from - to} blocks were lost with the last end.`));
  }
  if (start.ready !== null) {
    const head = start.ready.head === null ? '' : `, head ${start.ready.head}`;
    lines.push(`Answered after ${(start.ready.afterMs / 1000).toFixed(1)} s${head}.`);
  }
  if (start.consensus !== null) {
    const slot = start.consensus.headSlot === null ? '' : `, head slot ${start.consensus.headSlot}`;
    lines.push(`The consensus client answered after ${(start.consensus.afterMs / 1000).toFixed(1)} s${slot}.`);
  }
  const [near, far] = [true, false].map((connected) => start.siblings.filter((other) => other.connected === connected));
  if (near?.length) lines.push(`Connected to ${near.map(({ node }) => node).join(', ')}.`);
  if (far?.length) lines.push(style.paint('yellow', `Not connected yet to ${far.map(({ node }) => node).join(', ')}.`));
  return lines;
}
