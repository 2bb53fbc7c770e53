import { execFileSync } from 'node:child_process';

/** The engine's socket that the scenarios use. */
export const ENGINE_SOCKET = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

interface Container {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** The engine's own answer, past nodectl's adapter. */
export function engineGet<T>(path: string, socket = ENGINE_SOCKET): T {
  const text = execFileSync('curl', ['-s', '--unix-socket', socket, `http://engine${path}`], { encoding: 'utf8' });
  return JSON.parse(text) as T;
}

/** Every container and volume under a node's label: a node that is well has one of each. */
export function belongings(
  node: string,
  socket = ENGINE_SOCKET,
): { readonly containers: readonly Container[]; readonly volumes: readonly string[] } {
  const filters = encodeURIComponent(JSON.stringify({ label: [`nodectl.node=${node}`] }));
  const containers = engineGet<Container[]>(`/containers/json?all=true&filters=${filters}`, socket);
  const { Volumes } = engineGet<{ Volumes: { Name: string }[] | null }>(`/volumes?filters=${filters}`, socket);
  return { containers, volumes: (Volumes ?? []).map((volume) => volume.Name) };
}

/** JSON-RPC past nodectl's adapter. */
export function rpc<T>(port: number, method: string, params: readonly unknown[] = []): T {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const arguments_ = ['-s', '-m', '10', '-H', 'content-type: application/json', '-d', body, `http://127.0.0.1:${port}`];
  const answer = JSON.parse(execFileSync('curl', arguments_, { encoding: 'utf8' })) as { result: T; error?: { message: string } };
  if (answer.error !== undefined) throw new Error(answer.error.message);
  return answer.result;
}

/** Polls until `met` gives something, or throws when the time is over. */
export async function until<T>(met: () => T | undefined | Promise<T | undefined>, what: string, timeoutMs = 20_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await met();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${timeoutMs} ms: ${what}`);
}

interface Receipt {
  readonly blockHash: string;
}

/** A transaction's receipt. Just after its start geth may answer that its index is not there yet, which is no answer. */
export async function receipt(port: number, hash: string): Promise<Receipt> {
  return until(() => {
    try {
      return rpc<Receipt | null>(port, 'eth_getTransactionReceipt', [hash]) ?? undefined;
    } catch (error) {
      if ((error as Error).message.includes('indexing is in progress')) return undefined;
      throw error;
    }
  }, 'a receipt');
}

type Words = Readonly<Record<string, string>>;

/** Makes a volume as an earlier nodectl would have left it, or one with options of the engine's driver. */
export function engineVolume(name: string, labels: Words, socket = ENGINE_SOCKET, options: Words = {}): void {
  const body = JSON.stringify({ Name: name, Labels: labels, DriverOpts: options });
  const to = ['--unix-socket', socket, '-H', 'content-type: application/json', '-d', body, 'http://engine/volumes/create'];
  execFileSync('curl', ['-s', '-f', ...to], { stdio: 'ignore' });
}
