import * as z from 'zod/mini';
import type { Command, CommandEntry } from '../../src/cli/command.ts';
import type { World } from '../../src/ports.ts';

interface Input {
  readonly node?: string | undefined;
  readonly gethFlags?: readonly string[] | undefined;
  readonly syncMode?: 'snap' | 'full' | undefined;
  readonly label?: readonly string[] | undefined;
  readonly dryRun?: boolean | undefined;
}

/** A command that reports its own input, or does what `run` says. */
function sample(run: (input: Input, world: World) => Promise<unknown>): Command<Input, unknown> {
  return {
    summary: 'a sample',
    arguments: [
      { usage: '[node]', help: 'the node' },
      { usage: '[geth-flags...]', help: 'handed on' },
    ],
    options: [
      { flags: '--sync-mode <mode>', help: 'snap or full' },
      { flags: '-l, --label <label>', help: 'a label', repeatable: true },
      { flags: '--dry-run', help: 'change nothing' },
    ],
    examples: ['nodectl sample a'],
    input: z.object({
      node: z.optional(z.string()),
      gethFlags: z.optional(z.array(z.string())),
      syncMode: z.optional(z.enum(['snap', 'full'])),
      label: z.optional(z.array(z.string())),
      dryRun: z.optional(z.boolean()),
    }),
    report: z.unknown(),
    run,
    render: (report) => `rendered ${JSON.stringify(report)}`,
    exit: () => 3,
  };
}

/** A table with `sample`, `group sample` and `follow`, which streams. */
export function sampleTable(run: (input: Input, world: World) => Promise<unknown> = async (input) => input): readonly CommandEntry[] {
  const command = sample(run);
  return [
    { name: 'sample', summary: 'a sample', load: async () => command },
    { name: 'group sample', summary: 'a nested sample', load: async () => command },
    {
      name: 'follow',
      summary: 'a stream',
      load: async () => ({
        ...command,
        stream: async (_input: unknown, _world: World, output: { readonly json: boolean; write(line: string): void }) => {
          output.write(`json ${output.json}`);
          return 0 as const;
        },
      }),
    },
    {
      name: 'broken',
      summary: 'cannot be loaded',
      load: async () => {
        throw new TypeError('broken table');
      },
    },
  ];
}
