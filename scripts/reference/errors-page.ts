import { ERRORS } from '../../src/errors.ts';
import { exitCodeTable } from './exit-codes.ts';

/** docs/reference/errors.md, from the error table. */
export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(([code, { exit, hint }]) => `| \`${code}\` | ${exit} | ${hint.replaceAll('|', '\\|')} |`);
  return [
    '# Errors and exit codes',
    '',
    'The code is stable; the words around it may become better. With `--json` an error is one line on standard error,',
    '`{"error":{"code","message","hint"}}`, with `facts` where there are some ([schema](schemas/error.json)).',
    '',
    '## Exit codes',
    '',
    exitCodeTable(),
    '',
    '## Codes',
    '',
    'The hint is what is printed unless an error knows a more exact one.',
    '',
    '| code | exit | hint |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
