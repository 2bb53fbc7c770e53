import { NodectlError } from '../errors.ts';
import type { World } from '../ports.ts';
import { type ToldStep, toldSteps } from './change-host.ts';
import { applyEngineDefaults, planEngineDefaults } from './engine-defaults.ts';

/** What `installEngine` did. */
export interface EngineInstallReport {
  /** True when an engine answered already and was not touched. */
  readonly alreadyRunning: boolean;
  /** The commands that ran, in order. */
  readonly ran: readonly string[];
  /** What was added to the engine's settings, before it started where it did not run. */
  readonly settings: readonly ToldStep[];
  /** True where some of it holds only after a restart of the engine. */
  readonly restartDue: boolean;
}

/**
 * Installs and starts this machine's engine after telling what will run and a yes, with bounds for logs and the stop timeout that
 * nodes need; an engine that runs gets these alone. ENGINE_INSTALL_FAILED, PERMISSION, CONFIRMATION_REQUIRED; HOST_REFUSED for
 * settings that are broken; a no is INTERRUPTED.
 */
export async function installEngine(consent: { readonly yes: boolean }, world: World): Promise<EngineInstallReport> {
  const installer = await world.installer();
  const commands = await installer.plan();
  if (commands === undefined) {
    throw new NodectlError('ENGINE_INSTALL_FAILED', 'nodectl does not know how to install a Docker engine on this system.', {
      hint: 'Install one by hand (https://docs.docker.com/engine/install), then run the same command again.',
    });
  }
  const alreadyRunning = commands.length === 0;
  const stage = alreadyRunning ? 'running' : 'before-start';
  // Who may use an engine that runs need not be root; its settings are then left as they are.
  const mayChange = !alreadyRunning || (await world.hostFiles()).uid === 0;
  const settings = mayChange ? toldSteps(await planEngineDefaults(stage, world)) : [];
  if (alreadyRunning && settings.length === 0) return { alreadyRunning, ran: [], settings, restartDue: false };
  await agree([...settings.map(({ command }) => command), ...commands], alreadyRunning, consent.yes, world);
  if (settings.length > 0) await applyEngineDefaults(stage, world);
  try {
    if (!alreadyRunning) await installer.install(world.console.progress);
  } finally {
    world.console.progress(undefined);
  }
  return { alreadyRunning, ran: commands, settings, restartDue: alreadyRunning };
}

async function agree(commands: readonly string[], alreadyRunning: boolean, yes: boolean, { console }: World): Promise<void> {
  const purpose = alreadyRunning ? 'To bound its logs and let nodes close in time' : 'To install and start a Docker engine';
  console.notice([`${purpose}, nodectl runs:`, ...commands.map((command) => `  ${command}`)].join('\n'));
  if (yes || (await console.confirm('Run this?', '--yes'))) return;
  throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
}
