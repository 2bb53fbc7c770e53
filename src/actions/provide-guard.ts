import { GUARD_LOCK, isGuardSeen } from '../host/guard/guard-seen.ts';
import { GUARD_UNIT_PATH, guardUnitText } from '../host/guard/guard-unit.ts';
import { planGuard, planGuardRemoval } from '../host/guard/plan-guard.ts';
import type { HostStep } from '../host/host-step.ts';
import { textOf } from '../host/place.ts';
import { isWard } from '../node/guard/is-ward.ts';
import { readSpec } from '../node/spec.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';
import { applyHostSteps } from './apply-host-steps.ts';
import { alone } from './change-host.ts';

/** The guard of this machine that systemd runs. */
export interface Guard {
  /** A guard of all nodes is seen at work. */
  runs(files: HostFiles): boolean;
  /** The steps to it; none where one runs, and where it cannot be made: without root or systemd, and for an engine elsewhere. */
  steps(files: HostFiles): readonly HostStep[];
  /** Makes it by what of it there is. */
  provide(): Promise<void>;
}

export function guardOf(info: Pick<EngineInfo, 'local' | 'endpoint'>, world: World): Guard {
  const runs = (files: HostFiles) => isGuardSeen(GUARD_LOCK, files);
  const steps = (files: HostFiles) => {
    const { program } = world;
    if (!info.local || program === undefined || files.uid !== 0 || files.status('/run/systemd/system') === undefined) return [];
    return planGuard(guardUnitText({ program, endpoint: info.endpoint }), textOf(files, GUARD_UNIT_PATH), runs(files));
  };
  const provide = async () => {
    const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
    await alone(hands.changes, world, async () => applyHostSteps(steps(hands.files), hands, world));
  };
  return { runs, steps, provide };
}

/** Takes the guard away where no node needs it any more; whoever may not leaves it, which does no harm. */
export async function removeIdleGuard(world: World): Promise<void> {
  const files = await world.hostFiles();
  const there = textOf(files, GUARD_UNIT_PATH);
  const engine = await world.engine();
  if (there === undefined || files.uid !== 0 || !(await engine.info()).local) return;
  const specs = (await engine.list()).flatMap(({ labels }) => readSpec(labels) ?? []);
  if (specs.some(isWard)) return;
  const hands = { files, changes: await world.hostChanges() };
  await alone(hands.changes, world, async () => applyHostSteps(planGuardRemoval(textOf(files, GUARD_UNIT_PATH)), hands, world));
}
