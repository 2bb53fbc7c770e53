import * as z from 'zod/mini';
import { type PruneReport, type PruneRequest, prune } from '../../actions/prune.ts';
import type { PruneOutcome } from '../../actions/run-pruner.ts';
import { endedWell } from '../../actions/stop-node.ts';
import { HISTORY_RANGES } from '../../node/history-ranges.ts';
import { formatSize } from '../../node/size.ts';
import { PRUNE_TASKS } from '../../node/upkeep/prune-task.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';
import { StartSchema, StopSchema, startLines, stopText } from '../start-report.ts';
import type { Style } from '../style.ts';

const [, ...RANGES] = HISTORY_RANGES;
const Range = z.enum(RANGES);

export const command: Command<PruneRequest, PruneReport> = {
  summary: "make a node's database smaller by geth's own offline commands, or tell which of them it can use",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [
    { flags: '--history <range>', help: `remove bodies and receipts of older blocks: ${RANGES.join(', ')}`, completes: RANGES },
    { flags: '--state', help: 'remove stale states, which a chain kept by hash has' },
    { flags: '--database', help: "bring an older geth's pebble database to its newer format" },
    { flags: '-y, --yes', help: 'agree to stopping the node and to what is removed' },
  ],
  examples: ['nodectl prune hoodi', 'nodectl prune hoodi --history postprague --yes', 'nodectl prune old --state'],
  input: z.pipe(
    z.strictObject({ node: nodeName, history: z.optional(Range), state: flag, database: flag, yes: flag }),
    z.transform(({ node, history, state, database, yes }): PruneRequest => {
      const asked = { history: history !== undefined, state, database };
      return { node, tasks: PRUNE_TASKS.filter((task) => asked[task]), history: history ?? null, yes };
    }),
  ),
  report: z.object({
    node: z.string(),
    offers: z.array(z.object({ task: z.enum(PRUNE_TASKS), command: z.string(), possible: z.boolean(), reason: z.nullable(z.string()) })),
    done: z.array(
      z.object({
        task: z.enum(PRUNE_TASKS),
        command: z.string(),
        exitCode: z.number(),
        oomKilled: z.boolean(),
        said: z.string(),
        freedBytes: z.nullable(z.number()),
      }),
    ),
    stop: z.nullable(StopSchema),
    start: z.nullable(StartSchema),
    history: z.nullable(Range),
  }),
  run: prune,
  render: pruneText,
  exit: ({ stop }) => (stop === null || endedWell(stop) ? 0 : 3),
};

function pruneText({ node, offers, done, stop, start, history }: PruneReport, style: Style): string {
  if (offers.length > 0) {
    const lines = offers.map(({ task, command, possible, reason }) =>
      possible ? `${style.paint('green', `--${task}`)}  can be done (${command}).` : `${style.paint('yellow', `--${task}`)}  ${reason}`,
    );
    return [`What ${node} can be pruned by:`, ...lines].join('\n');
  }
  const lines = stop === null ? [] : [stopText(stop, style)];
  lines.push(...done.map(doneText));
  if (start !== null) return [...lines, `${style.paint('green', node)} runs again.`, ...startLines(start, style)].join('\n');
  const told = history === null ? '' : ` --history ${history}`;
  return [...lines, `${node} stays stopped: \`nodectl up --name ${node}${told}\` starts it.`].join('\n');
}

function doneText({ command, freedBytes, said }: PruneOutcome): string {
  if (freedBytes === null) return `\`${command}\` is done; what it freed could not be measured. It said: ${said}`;
  if (freedBytes > 0) return `\`${command}\` freed ${formatSize(freedBytes)}.`;
  return `\`${command}\` freed nothing. It said: ${said}`;
}
