import type { FixReport } from '../actions/fix-host.ts';
import { stepsText } from './host-steps.ts';
import type { Style } from './style.ts';

/** What was, or would be, done about the findings, as blocks of a report; none where it was not asked for. */
export function fixText(fix: FixReport | null, style: Style): readonly string[] {
  if (fix === null) return [];
  const { steps, applied, refused, afterwards, before, after } = fix;
  const title = steps.length === 0 ? nothing(fix) : applied ? 'Done:' : 'It would be done:';
  const changes = before.flatMap(({ id, severity }) => {
    const now = after.find((finding) => finding.id === id)?.severity ?? severity;
    return applied ? [`${id}: ${severity} before, ${now} now`] : [];
  });
  return [
    style.paint('bold', title) + (steps.length === 0 ? '' : `\n${stepsText(steps, style)}`),
    refused.map(({ ids, message, hint }) => `${ids.join(', ')} cannot be fixed: ${message}${hint === '' ? '' : ` ${hint}`}`).join('\n'),
    changes.join('\n'),
    afterwards.join('\n'),
  ].filter((block) => block !== '');
}

function nothing({ afterwards }: FixReport): string {
  return afterwards.length > 0 ? 'There is nothing more to change.' : 'There is nothing that nodectl can fix.';
}
