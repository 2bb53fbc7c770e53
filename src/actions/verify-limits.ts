import { type Enforcement, judgeEnforcement } from '../node/enforcement.ts';
import type { ContainerLimits, ContainerSpec } from '../ports/containers.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';

/** Reads back what is really in force for a running container: the kernel's files on this host, else the engine's word. */
export async function verifyLimits(
  spec: Pick<ContainerSpec, 'name' | 'limits'>,
  engine: Engine,
  info: EngineInfo,
  host: Host,
): Promise<readonly Enforcement[]> {
  const container = await engine.inspect(spec.name);
  const limits: ContainerLimits = container?.limits ?? { memory: 0, memorySwap: 0, nanoCpus: 0, pids: 0 };
  const kernel = info.local && container !== undefined && container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
  return judgeEnforcement(spec.limits, kernel, { limits, enforces: info.enforces });
}
