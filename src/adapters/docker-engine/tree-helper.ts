import type { PartVolume } from '../../ports/volume-tree.ts';
import type { Connection } from './connection.ts';
import { removeContainer } from './containers.ts';
import { HELPER_MOUNT, helperRequest } from './volume-helper.ts';

/**
 * Makes a helper container, never started, that has each part's volume in a folder of its name; the volumes must be there. One that an
 * interrupted run left mounts what may be gone, and goes first.
 */
export async function createTreeHelper(
  connection: Connection,
  name: string,
  request: {
    readonly volumes: readonly PartVolume[];
    readonly image: string;
    readonly labels: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { volumes, image, labels } = request;
  const body = helperRequest({ image, labels, volume: '' });
  const Mounts = volumes.map(({ part, volume }) => ({
    Type: 'volume' as const,
    Source: volume,
    Target: `/${HELPER_MOUNT}/${part}`,
    // Else the engine would fill an empty one with what the image has there.
    VolumeOptions: { NoCopy: true },
  }));
  await removeContainer(connection, name, true);
  await connection.ask({
    method: 'POST',
    path: '/containers/create',
    query: { name },
    body: { ...body, HostConfig: { ...body.HostConfig, Mounts } },
    accept: [200, 201],
    purpose: `create the helper container ${name}`,
  });
}
