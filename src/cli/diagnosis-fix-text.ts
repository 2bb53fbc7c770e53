import type { DiagnosisFix } from '../actions/fix-diagnosed.ts';
import type { BundleReport } from '../actions/write-bundle.ts';
import { type Enforcement, enforcementWarning } from '../node/enforcement.ts';
import { formatSize } from '../node/size.ts';
import { stepsText } from './host-steps.ts';
import type { Style } from './style.ts';

/** What was, or would be, done about the verdicts. */
export function diagnosisFixText({ steps, applied, refused, afterwards, limits }: DiagnosisFix, style: Style): string {
  const title = steps.length === 0 ? 'There is nothing that nodectl can fix.' : applied ? 'Done:' : 'It would be done:';
  const told = steps.map((step) => [stepsText([step], style), ...step.details.map((detail) => `    ${detail}`)].join('\n'));
  return [
    style.paint('bold', title),
    ...told,
    ...refused.map(({ verdict, message, hint }) => `${verdict} cannot be fixed: ${message}${hint === '' ? '' : ` ${hint}`}`),
    ...limits.filter(({ enforced, wanted }) => enforced || wanted > 0).map(limitText),
    ...afterwards,
  ].join('\n');
}

/** A limit as it was read back. */
function limitText(row: Enforcement): string {
  if (!row.enforced) return `! ${enforcementWarning(row)}`;
  const shown = row.limit === 'memory' || row.limit === 'swap' ? formatSize(row.wanted) : String(row.wanted);
  return `${row.limit}: ${shown} is in force [${row.source}]`;
}

/** Where a bundle is, how much it holds, and what is still in it. */
export function bundleText({ path, bytes, files, missing, policy }: BundleReport): string {
  const kept = [...(policy.ips === 'keep' ? ['IP addresses'] : []), ...(policy.enodes === 'keep' ? ['enodes'] : [])];
  return [
    `Wrote ${path === '-' ? 'the bundle' : path}: ${files.length} files, ${formatSize(bytes)}, without keys, passwords and addresses' paths.`,
    ...(kept.length === 0 ? [] : [`It holds ${kept.join(' and ')}: read it before you give it away.`]),
    ...missing.map(({ what, why }) => `! ${what} is not in it: ${why}`),
  ].join('\n');
}
