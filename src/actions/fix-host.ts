import { NodectlError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Eyes } from '../host/check.ts';
import { freeSwapPath } from '../host/fixes/free-swap-path.ts';
import { FIXES, HEALED_BY_SWAP } from '../host/fixes/index.ts';
import { plannedFiles } from '../host/fixes/planned-files.ts';
import type { HostStep } from '../host/host-step.ts';
import type { World } from '../ports.ts';
import { type AddSwapReport, addSwap } from './add-swap.ts';
import { applyHostSteps } from './apply-host-steps.ts';
import { agreeToSteps, alone, refuseWithoutRoot, type ToldStep, toldSteps } from './change-host.ts';

export interface FixRequest {
  /** What the checks found; the fixable ones of them are healed. */
  readonly findings: readonly Finding[];
  readonly eyes: Eyes;
  /** Bytes of swap that the limits of all nodes promise, a planned one among them. */
  readonly promisedSwap: number;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Looks anew with the checks of these ids. */
  lookAgain(ids: readonly string[]): Promise<readonly Finding[]>;
}

export interface FixReport {
  readonly steps: readonly ToldStep[];
  /** False for a dry run, and where there was nothing to do. */
  readonly applied: boolean;
  /** What could not be planned, and why. */
  readonly refused: readonly { readonly ids: readonly string[]; readonly message: string; readonly hint: string }[];
  /** What is left for the person, in sentences. */
  readonly afterwards: readonly string[];
  /** The fixable findings before, and those of the same checks afterwards (the same where nothing was applied). */
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
}

interface Plan {
  readonly steps: readonly HostStep[];
  readonly swap: AddSwapReport | undefined;
  readonly swapAt: string;
  readonly refused: FixReport['refused'];
  readonly afterwards: readonly string[];
}

/**
 * Heals what the checks found and can be healed: tells the steps, asks, does them, looks again. PERMISSION with the commands for
 * whoever is not root, CONFIRMATION_REQUIRED; nothing has changed then. A step that fails takes back those before it.
 */
export async function fixHost(request: FixRequest, world: World): Promise<FixReport> {
  const before = request.findings.filter(({ fixable, severity }) => fixable && severity !== 'ok');
  const planned = await plan(before, request, world);
  const { swap, swapAt } = planned;
  const told = [...toldSteps(planned.steps), ...(swap?.steps ?? [])];
  const { refused } = planned;
  if (request.dryRun || told.length === 0) {
    return { steps: told, applied: false, refused, afterwards: planned.afterwards, before, after: before };
  }
  refuseWithoutRoot(request.eyes.files.uid, 'nodectl doctor --fix', told);
  await agreeToSteps(told, 'Do this?', request.yes, world);
  const hands = { files: request.eyes.files, changes: await world.hostChanges() };
  await alone(hands.changes, world, async () => {
    // Another run may have done some of it while this one asked or waited.
    const { steps } = await planFixes(before, request.eyes);
    await applyHostSteps(steps, hands, world);
  });
  const { promisedSwap: promised } = request;
  if (swap !== undefined) await addSwap({ size: undefined, promised, path: swapAt, yes: true, dryRun: false }, quiet(world));
  const after = await request.lookAgain(before.map(({ id }) => id));
  return { steps: told, applied: true, refused, afterwards: planned.afterwards, before, after };
}

async function plan(findings: readonly Finding[], { eyes, promisedSwap }: FixRequest, world: World): Promise<Plan> {
  const fixes = await planFixes(findings, eyes);
  const ids = findings.map(({ id }) => id).filter((id) => HEALED_BY_SWAP.includes(id));
  const swapAt = freeSwapPath(eyes.files);
  if (ids.length === 0) return { ...fixes, swap: undefined, swapAt };
  try {
    const swap = await addSwap({ size: undefined, promised: promisedSwap, path: swapAt, yes: true, dryRun: true }, world);
    return { ...fixes, swap: swap.steps.length > 0 ? swap : undefined, swapAt };
  } catch (thrown) {
    return { ...fixes, refused: [...fixes.refused, refusal(ids, thrown)], swap: undefined, swapAt };
  }
}

async function planFixes(findings: readonly Finding[], eyes: Eyes): Promise<Pick<Plan, 'steps' | 'refused' | 'afterwards'>> {
  const steps: HostStep[] = [];
  const refused: FixReport['refused'][number][] = [];
  const afterwards: string[] = [];
  for (const fix of FIXES) {
    const ids = findings.map(({ id }) => id).filter((id) => fix.heals.includes(id));
    if (ids.length === 0) continue;
    try {
      const found = await fix.plan({ ...eyes, files: plannedFiles(eyes.files, steps) });
      steps.push(...found);
      // Also where the files are as they shall be: what is still amiss waits for this.
      if (fix.afterwards !== undefined) afterwards.push(fix.afterwards);
    } catch (thrown) {
      refused.push(refusal(ids, thrown));
    }
  }
  return { steps, refused, afterwards };
}

function refusal(ids: readonly string[], thrown: unknown): FixReport['refused'][number] {
  if (!(thrown instanceof NodectlError) || thrown.code === 'INTERRUPTED') throw thrown;
  return { ids, message: thrown.message, hint: thrown.hint };
}

/** What was told and agreed to once is not told again. */
function quiet(world: World): World {
  return { ...world, console: { ...world.console, notice: () => {} } };
}
