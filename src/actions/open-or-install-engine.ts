import { NodectlError } from '../errors.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { installEngine } from './install-engine.ts';

/** An engine that answered, and what it said of itself. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly info: EngineInfo;
}

/** The engine; where this machine has none or it is not running, installs and starts it after a yes. */
export async function openOrInstallEngine(consent: { readonly yes: boolean; readonly dryRun: boolean }, world: World): Promise<OpenEngine> {
  try {
    return await opened(world);
  } catch (thrown) {
    const missing = thrown instanceof NodectlError && (thrown.code === 'ENGINE_NOT_INSTALLED' || thrown.code === 'ENGINE_NOT_RUNNING');
    if (!missing || consent.dryRun) throw thrown;
    world.console.notice(thrown.message);
    await installEngine({ yes: consent.yes }, world);
    return opened(world);
  }
}

async function opened(world: World): Promise<OpenEngine> {
  const engine = await world.engine();
  return { engine, info: await engine.info() };
}
