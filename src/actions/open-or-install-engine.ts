import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { installEngine } from './install-engine.ts';

/** The engine; where this machine has none or it is not running, installs and starts it after a yes. */
export async function openOrInstallEngine(consent: { readonly yes: boolean; readonly dryRun: boolean }, world: World): Promise<Engine> {
  try {
    const engine = await world.engine();
    await engine.info();
    return engine;
  } catch (thrown) {
    const missing = thrown instanceof NodectlError && (thrown.code === 'ENGINE_NOT_INSTALLED' || thrown.code === 'ENGINE_NOT_RUNNING');
    if (!missing || consent.dryRun) throw thrown;
    world.console.notice(thrown.message);
    await installEngine({ yes: consent.yes }, world);
    return world.engine();
  }
}
