import type { Surroundings } from '../node/container-safety.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import { VERSION } from '../version.ts';

/** What of this machine goes into a container, where the engine runs on it. */
export function surroundings(info: EngineInfo, host: Host): Surroundings {
  const { local, cgroupVersion } = info;
  return {
    fileLimit: local ? host.engineFileLimit() : undefined,
    swappiness: local && cgroupVersion === 1 ? host.swappiness() : undefined,
    nodectlVersion: VERSION,
  };
}
