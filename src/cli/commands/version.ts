import * as z from 'zod/mini';
import type { Command } from '../command.ts';
import { type VersionReport, versionReport, versionText } from '../version-report.ts';

/** `nodectl version`: which nodectl and which Node run here. */
export const command: Command<Record<string, never>, VersionReport> = {
  summary: 'print the versions of nodectl and Node',
  arguments: [],
  options: [],
  examples: ['nodectl version --json'],
  input: z.object({}),
  report: z.object({ nodectl: z.string(), node: z.string(), platform: z.string() }),
  run: async () => versionReport(),
  render: versionText,
  exit: () => 0,
};
