import type { ContainerCreateOptions } from 'dockerode';

/** Where a helper container has the volume, below its root. */
export const HELPER_MOUNT = 'nodectl-volume';

/**
 * The body of `POST /containers/create` for a helper that is never started. The engine mounts the volumes of a stopped container
 * when an archive is unpacked into it or packed from it: so no process ever runs, and no root in a container.
 */
export function helperRequest(helper: {
  readonly volume: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}): ContainerCreateOptions {
  return {
    Image: helper.image,
    Cmd: ['never-started'],
    Labels: { ...helper.labels },
    NetworkDisabled: true,
    HostConfig: {
      Mounts: [{ Type: 'volume', Source: helper.volume, Target: `/${HELPER_MOUNT}` }],
      NetworkMode: 'none',
      CapDrop: ['ALL'],
    },
  };
}
