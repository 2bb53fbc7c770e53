import type { Measure, Refusal } from '../diagnosis/fix/measure.ts';
import { type JudgedRun, planFix } from '../diagnosis/fix/plan-fix.ts';
import type { Enforcement } from '../node/enforcement.ts';
import type { World } from '../ports.ts';
import { agreeToSteps, refuseWithoutRoot } from './change-host.ts';
import { chooseMending } from './choose-mending.ts';
import type { FixStep } from './foresee-measure.ts';
import { readBack, takeMeasure } from './take-measure.ts';

export interface DiagnosisFix {
  readonly steps: readonly FixStep[];
  /** False for a dry run, and where there was nothing to do. */
  readonly applied: boolean;
  readonly refused: readonly Refusal[];
  /** What is left for the person, sentences. */
  readonly afterwards: readonly string[];
  /** Limits that were changed, read back from the kernel or else from the engine. */
  readonly limits: readonly Enforcement[];
}

/**
 * Does what remedies a diagnosis, and nodectl can do: tells the steps, asks, does them, reads back what is in force. What cannot be
 * done is in the report. PERMISSION with the commands, CONFIRMATION_REQUIRED, and nothing has changed then; else the errors of `up`.
 */
export async function fixDiagnosed(
  cases: readonly JudgedRun[],
  { yes, dryRun }: { readonly yes: boolean; readonly dryRun: boolean },
  world: World,
): Promise<DiagnosisFix> {
  const plan = planFix(cases);
  const refused: Refusal[] = [...plan.refused];
  const steps: FixStep[] = [];
  const doable: Measure[] = [];
  const afterwards: string[] = [];
  for (const mending of plan.mendings) {
    const chosen = await chooseMending(mending, doable, world);
    if ('refusal' in chosen) refused.push(chosen.refusal);
    else {
      steps.push(...chosen.steps);
      doable.push(...chosen.measures);
      if (mending.afterLive !== null && chosen.measures.some(({ kind }) => kind === 'limits')) afterwards.push(mending.afterLive);
    }
  }
  const told = { steps, refused, afterwards };
  if (dryRun || doable.length === 0) return { ...told, applied: false, limits: [] };
  if (doable.some(({ kind }) => kind === 'add-swap')) {
    refuseWithoutRoot((await world.hostFiles()).uid, 'nodectl diagnose --fix', steps);
  }
  await agreeToSteps(steps, 'Do this?', yes, world);
  const limits: Enforcement[] = [];
  for (const measure of doable) limits.push(...(await takeMeasure(measure, world)));
  // At the end: the kernel holds limits of what runs alone.
  for (const measure of doable) limits.push(...(await readBack(measure, world)));
  return { ...told, applied: true, limits };
}
