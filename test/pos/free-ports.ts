import { createServer } from 'node:net';

/** Below the ports that the kernel gives to outgoing connections, where a free one may be gone a moment later. */
const FIRST = 22_000;
const LAST = 32_000;

/** Ports that nobody listens on at any address, TCP; no two alike. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}
