import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * True when something is bound there, found by binding it ourselves for a moment. Whatever else stops us (no such address,
 * a privileged port) says nothing about others, so it is false and left to the engine to tell.
 */
export function portTaken(ip: string, port: number, protocol: 'tcp' | 'udp'): Promise<boolean> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE');
    if (protocol === 'tcp') {
      const server = createServer();
      server.once('error', failed);
      server.listen({ host: ip, port, exclusive: true }, () => server.close(() => resolve(false)));
    } else {
      const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', failed);
      socket.bind({ address: ip, port, exclusive: true }, () => socket.close(() => resolve(false)));
    }
  });
}
