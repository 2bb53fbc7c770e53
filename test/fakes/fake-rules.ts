import { NodectlError } from '../../src/errors.ts';
import type { ContainerSpec, PortBinding } from '../../src/ports/containers.ts';

/** ENGINE_FAILED for limits that the engine refuses. */
export function judgeLimits({ limits }: ContainerSpec): void {
  if (limits.memory < 6 * 2 ** 20) throw new NodectlError('ENGINE_FAILED', 'Minimum memory limit allowed is 6MB');
  if (limits.memorySwap > 0 && limits.memorySwap < limits.memory) {
    throw new NodectlError('ENGINE_FAILED', 'Minimum memoryswap limit should be larger than memory limit');
  }
}

/** True when two bindings cannot be held at the same time. */
export function collide(left: PortBinding, right: PortBinding): boolean {
  const everywhere = (ip: string) => ip === '' || ip === '0.0.0.0' || ip === '::';
  const sameIp = left.hostIp === right.hostIp || everywhere(left.hostIp) || everywhere(right.hostIp);
  return sameIp && left.hostPort === right.hostPort && left.protocol === right.protocol;
}
