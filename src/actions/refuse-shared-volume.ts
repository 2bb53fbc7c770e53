import { NodectlError } from '../errors.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';

/**
 * NODE_RUNNING where a container that is none of the node's own runs with one of its volumes: what is read of it meanwhile is nothing
 * whole. To be asked before anything is stopped.
 */
export async function refuseSharedVolume({ container, consensus, volumes }: ObservedNode, engine: Engine): Promise<void> {
  const own = [container?.name, consensus?.name];
  for (const { name } of volumes) {
    const other = (await engine.volumeUsers(name)).find((user) => !own.includes(user));
    if (other === undefined) continue;
    throw new NodectlError('NODE_RUNNING', `The container ${other} uses the volume ${name} too. Nothing was changed.`, {
      hint: `End it with \`docker stop ${other}\`, then run the same command again.`,
    });
  }
}
