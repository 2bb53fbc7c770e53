import type { UpReport } from '../../actions/up.ts';
import { up } from '../../actions/up.ts';
import type { UpRequest } from '../../actions/up-request.ts';
import type { Command } from '../command.ts';
import { UP_ARGUMENTS, UP_OPTIONS, UpInput } from './up.ts';
import { renderUp, UpReportSchema } from './up-report.ts';

export const command: Command<UpRequest, UpReport> = {
  summary: 'print what `up` would do and why, and change nothing',
  arguments: UP_ARGUMENTS,
  options: UP_OPTIONS.filter(({ flags }) => !['--dry-run', '-y, --yes', '--wait <goal>', '--timeout <duration>'].includes(flags)),
  examples: ['nodectl plan --network sepolia --memory 8G'],
  input: UpInput,
  report: UpReportSchema,
  run: (request, world) => up({ ...request, dryRun: true }, world),
  render: renderUp,
  exit: () => 0,
};
