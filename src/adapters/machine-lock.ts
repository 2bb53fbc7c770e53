import { createServer } from 'node:net';
import { NodectlError } from '../errors.ts';
import { lockName } from '../host/lock-name.ts';
import type { HostChanges } from '../ports/host-changes.ts';

/** See the port. By a name in Linux's abstract sockets (unix(7)): the kernel frees it when its process ends, however it ends, so that none is ever stale. */
export const machineLock: HostChanges['lock'] = (of = '') =>
  new Promise((resolve, reject) => {
    const server = createServer((peer) => peer.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else
        reject(new NodectlError('HOST_REFUSED', `The lock of this machine cannot be taken: ${error.message}`, { hint: '', cause: error }));
    });
    server.listen({ path: `\0${lockName(of)}` }, () => {
      // Holding it shall not keep the process alive.
      server.unref();
      resolve(() => server.close());
    });
  });
