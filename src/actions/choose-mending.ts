import { type Measure, type Mending, type Refusal, sameAct } from '../diagnosis/fix/measure.ts';
import { NodectlError } from '../errors.ts';
import type { World } from '../ports.ts';
import { type FixStep, foresee } from './foresee-measure.ts';

/** What of one mending is done, and as which steps; none where all is so already. */
export interface ChosenMending {
  readonly measures: readonly Measure[];
  readonly steps: readonly FixStep[];
  /** Another mending does some of it. */
  readonly shared: boolean;
}

/** The first choice that the world does not refuse and that changes something, without what `taken` does already; else why the first was refused. */
export async function chooseMending(
  { verdict, choices }: Mending,
  taken: readonly Measure[],
  world: World,
): Promise<ChosenMending | { readonly refusal: Refusal }> {
  let refusal: Refusal | undefined;
  for (const choice of choices) {
    try {
      const chosen = await foreseeAll(choice, taken, world);
      if (chosen.steps.length > 0 || chosen.shared) return chosen;
    } catch (thrown) {
      if (!(thrown instanceof NodectlError) || thrown.code === 'INTERRUPTED') throw thrown;
      refusal ??= { verdict, message: thrown.message, hint: thrown.hint };
    }
  }
  return refusal === undefined ? { measures: [], steps: [], shared: false } : { refusal };
}

async function foreseeAll(choice: readonly Measure[], taken: readonly Measure[], world: World): Promise<ChosenMending> {
  const measures: Measure[] = [];
  const steps: FixStep[] = [];
  const missing = choice.filter((measure) => !taken.some((other) => sameAct(measure, other)));
  for (const measure of missing) {
    if (measures.some((other) => sameAct(measure, other))) continue;
    const foreseen = await foresee(measure, world);
    if (foreseen.length === 0) continue;
    measures.push(measure);
    steps.push(...foreseen);
  }
  return { measures, steps, shared: missing.length < choice.length };
}
