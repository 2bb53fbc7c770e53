import * as z from 'zod/mini';
import { type VerbosityReport, type VerbosityRequest, verbosity } from '../../actions/verbosity.ts';
import { LOG_LEVELS } from '../../node/log/log-level.ts';
import { parseVerbosity } from '../../node/log/verbosity.ts';
import { parseNodeName } from '../../node/names.ts';
import type { Command } from '../command.ts';
import { FORCE_ATTACH } from '../force-attach.ts';
import { flag } from '../option-values.ts';

const Level = z
  .string()
  .check(
    z.refine((text) => parseVerbosity(text) !== undefined, 'is neither a number from 0 to 5 nor crit, error, warn, info, debug, trace'),
  );

/** Of one word alone, a level is meant where it can be one. */
const Words = z.pipe(
  z.strictObject({ node: z.optional(z.string()), level: z.optional(Level), force: flag }),
  z.transform(({ node, level, force }): VerbosityRequest => {
    const only = level === undefined ? parseVerbosity(node ?? '') : undefined;
    if (only !== undefined) return { level: only, force };
    return { node: node === undefined ? undefined : parseNodeName(node), level: parseVerbosity(level ?? ''), force };
  }),
);

const number = z.int().check(z.gte(0), z.lte(5), z.describe("geth's number of the level"));
const level = z.enum(LOG_LEVELS);

export const command: Command<VerbosityRequest, VerbosityReport> = {
  summary: 'make a running geth log more or less until it ends, or show what it began with',
  arguments: [
    { usage: '[node]', help: 'left out when there is exactly one', completes: 'running-node' },
    { usage: '[level]', help: 'crit, error, warn, info, debug, trace, or 0 to 5; left out, nothing is changed', completes: LOG_LEVELS },
  ],
  options: [FORCE_ATTACH],
  examples: ['nodectl verbosity mainnet debug', 'nodectl verbosity 3', 'nodectl verbosity mainnet'],
  input: Words,
  report: z.object({
    node: z.string(),
    now: z.nullable(z.object({ level, number })).check(z.describe('what was set just now; null when nothing was: geth does not tell')),
    atStart: z.object({ level, number, by: z.enum(['arguments', 'default']) }).check(z.describe('what geth begins with')),
  }),
  run: verbosity,
  render: ({ node, now, atStart }) => {
    const begun = `${atStart.level} (${atStart.number}${atStart.by === 'default' ? ", geth's default" : ', by its --verbosity'})`;
    return now === null
      ? `${node} began with ${begun}. geth does not tell its present level: a change since then is not seen here.`
      : `${node} logs ${now.level} (${now.number}) and worse. When it starts again, ${begun} holds.`;
  },
  exit: () => 0,
};
