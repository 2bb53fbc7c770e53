import { createServer } from 'node:net';
import { NodectlError } from '../errors.ts';
import type { HostChanges } from '../ports/host-changes.ts';

/** A name in Linux's abstract sockets (unix(7)): the kernel frees it when its process ends, however it ends, so that none is ever stale. */
const NAME = '\0nodectl-changes-this-host';

/** See the port. */
export const machineLock: HostChanges['lock'] = () =>
  new Promise((resolve, reject) => {
    const server = createServer((peer) => peer.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else
        reject(new NodectlError('HOST_REFUSED', `The lock of this machine cannot be taken: ${error.message}`, { hint: '', cause: error }));
    });
    server.listen({ path: NAME }, () => {
      // Holding it shall not keep the process alive.
      server.unref();
      resolve(() => server.close());
    });
  });
