import { NodectlError } from '../errors.ts';
import type { EngineSight, Eyes } from '../host/check.ts';
import { planSettings } from '../host/fixes/engine-settings.ts';
import type { HostStep } from '../host/host-step.ts';
import type { World } from '../ports.ts';
import { applyHostSteps } from './apply-host-steps.ts';
import { alone } from './change-host.ts';

/** Where the engine is in its life: about to be installed or started, or running already. */
export type EngineStage = 'before-start' | 'running';

/** The steps that bound logs of containers and give the engine the time its nodes need; HOST_REFUSED for settings that are broken. */
export async function planEngineDefaults(stage: EngineStage, world: World): Promise<readonly HostStep[]> {
  const [files, questions] = await Promise.all([world.hostFiles(), world.hostQuestions()]);
  const engine = stage === 'running' ? await sightOf(world) : NOT_YET;
  const eyes: Eyes = { ...questions, files, engine, now: world.clock.now(), published: [], freeHistory: [], volumes: [] };
  return planSettings(eyes, { installing: stage === 'before-start' });
}

/** Does them while no other nodectl changes this machine. */
export async function applyEngineDefaults(stage: EngineStage, world: World): Promise<void> {
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  await alone(hands.changes, world, async () => applyHostSteps(await planEngineDefaults(stage, world), hands, world));
}

const NOT_YET: EngineSight = { problem: { code: 'ENGINE_NOT_RUNNING', message: '', hint: '' } };

async function sightOf(world: World): Promise<EngineSight> {
  try {
    return { info: await (await world.engine()).info() };
  } catch (thrown) {
    if (!(thrown instanceof NodectlError) || thrown.code === 'INTERRUPTED') throw thrown;
    return NOT_YET;
  }
}
