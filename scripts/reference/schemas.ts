import * as z from 'zod/mini';
import type { Command, CommandEntry } from '../../src/cli/command.ts';
import { ERRORS, type ErrorCode } from '../../src/errors.ts';
import { ProfileSchema } from '../../src/node/profile.ts';

/** What `--json` prints on standard error when a command fails. */
const ErrorDocument = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERRORS) as ErrorCode[]),
    message: z.string(),
    hint: z.string(),
    facts: z.optional(z.record(z.string(), z.string())),
    stack: z.optional(z.string()),
  }),
});

/** The file name of a command's schema: `profiles ls` → `profiles-ls.json`. */
export function schemaFile(command: string): string {
  return `${command.replaceAll(' ', '-')}.json`;
}

export function reportSchema(entry: CommandEntry, command: Command<unknown, unknown>): string {
  const what = command.stream === undefined ? 'the document' : 'each line';
  return schemaText(command.report, `nodectl ${entry.name} --json: ${what} on standard output`);
}

export function errorSchema(): string {
  return schemaText(ErrorDocument, 'nodectl … --json: the document on standard error when a command fails');
}

export function profileSchema(): string {
  return schemaText(ProfileSchema, 'A file of profiles/: a network, or a preset of limits', 'input');
}

/** `input` describes what a person writes, where a field with a default may be left out. */
function schemaText(schema: z.ZodMiniType, title: string, io: 'input' | 'output' = 'output'): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
