import { NodectlError } from '../errors.ts';
import type { World } from '../ports.ts';

/** What `installEngine` did. */
export interface EngineInstallReport {
  /** True when an engine answered already and nothing was done. */
  readonly alreadyRunning: boolean;
  /** The commands that ran, in order. */
  readonly ran: readonly string[];
}

/** Installs and starts this machine's engine after telling what will run and a yes. ENGINE_INSTALL_FAILED, PERMISSION, CONFIRMATION_REQUIRED; a no is INTERRUPTED. */
export async function installEngine(consent: { readonly yes: boolean }, world: World): Promise<EngineInstallReport> {
  const installer = await world.installer();
  const commands = await installer.plan();
  if (commands === undefined) {
    throw new NodectlError('ENGINE_INSTALL_FAILED', 'nodectl does not know how to install a Docker engine on this system.', {
      hint: 'Install one by hand (https://docs.docker.com/engine/install), then run the same command again.',
    });
  }
  if (commands.length === 0) return { alreadyRunning: true, ran: [] };
  world.console.notice(['To install and start a Docker engine, nodectl runs:', ...commands.map((command) => `  ${command}`)].join('\n'));
  if (!consent.yes && !(await world.console.confirm('Run this?', '--yes'))) {
    throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  }
  try {
    await installer.install(world.console.progress);
  } finally {
    world.console.progress(undefined);
  }
  return { alreadyRunning: false, ran: commands };
}
