import { NodectlError } from '../errors.ts';
import { ATTACH_BYTES, roomLeft } from '../node/room-for-attach.ts';
import { formatSize } from '../node/size.ts';
import type { World } from '../ports.ts';
import { locateContainer } from './locate-container.ts';
import type { RunningPart } from './running-part.ts';

/** Where the machine cannot be told from another, that question may take this long. */
const PATIENCE_MS = 2_000;

/**
 * A second geth lives off the limit of the first one's container: a tight one is not to be tipped over by being looked at.
 * NO_ROOM when it has too little left; what cannot be measured is no reason to refuse.
 */
export async function requireRoomForAttach({ node, container }: Pick<RunningPart, 'node' | 'container'>, world: World): Promise<void> {
  const { clock } = world;
  const [engine, host] = await Promise.all([world.engine(), world.host()]);
  const { local } = await locateContainer(container, engine, host, clock.now() + PATIENCE_MS, clock);
  const use = (local ? host.kernelUsage(container.pid) : undefined) ?? (await engine.usage(container.id));
  if (use === undefined) return;
  const room = roomLeft(container.limits, use, local ? host.memory()?.swapFree : undefined);
  if (room >= ATTACH_BYTES) return;
  throw new NodectlError(
    'NO_ROOM',
    `${node} has ${formatSize(room)} of its memory left, and to ask its geth takes up to ${formatSize(ATTACH_BYTES)}.`,
    {
      hint: `Give it more with \`nodectl up --name ${node} --memory …\`, or add --force: the kernel may then kill the node.`,
      facts: { limit: formatSize(container.limits.memory), used: formatSize(use.memory) },
    },
  );
}
