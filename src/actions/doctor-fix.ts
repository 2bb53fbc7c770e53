import { claims } from '../host/claims.ts';
import type { World } from '../ports.ts';
import { countBySeverity, type DoctorReport, type DoctorRequest, examine } from './doctor.ts';
import { fixHost } from './fix-host.ts';

/**
 * As `doctor`, then does what can be done about its findings after a yes, and looks again with the checks that were concerned. The
 * report tells the findings as they are at the end. PERMISSION with the commands, CONFIRMATION_REQUIRED; nothing has changed then.
 */
export async function doctorFix(
  request: DoctorRequest,
  consent: { readonly yes: boolean; readonly dryRun: boolean },
  world: World,
): Promise<DoctorReport> {
  const { report, eyes, subject } = await examine(request, world);
  const lookAgain = async (checks: readonly string[]) => (await examine({ ...request, checks }, world)).report.findings;
  const promisedSwap = claims(subject).reduce((sum, { swap }) => sum + (Number.isFinite(swap) ? swap : 0), 0);
  const fix = await fixHost({ findings: report.findings, eyes, promisedSwap, ...consent, lookAgain }, world);
  const findings = report.findings.map((finding) => fix.after.find(({ id }) => id === finding.id) ?? finding);
  return { ...report, findings, counts: countBySeverity(findings), fix };
}
