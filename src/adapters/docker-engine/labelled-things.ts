import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { LABEL_NODE } from '../../node/labels.ts';
import type { CompletionSources, LabelledThing } from '../../ports/completion-sources.ts';
import type { ContainerState } from '../../ports/containers.ts';
import type { Endpoint } from './endpoint.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

/** A thousand containers are two of them. */
const LARGEST_ANSWER = 16 * 2 ** 20;

interface Told {
  readonly Names?: readonly string[];
  readonly Name?: string;
  readonly State?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/**
 * Containers and volumes of nodes, in one request each and without dockerode, which takes longer to load than the engine to
 * answer. Without a version in its path a request is answered by every engine. Empty when there is no answer in `deadlineMs`;
 * `onLate` is then told, since a name that is being looked up or an ssh that hangs would keep the process alive.
 */
export function labelledThings(
  env: NodeJS.ProcessEnv,
  deadlineMs: number,
  onLate: () => void,
): Pick<CompletionSources, 'containers' | 'volumes'> {
  const filters = encodeURIComponent(JSON.stringify({ label: [LABEL_NODE] }));
  const ask = async (path: string): Promise<unknown> => {
    try {
      return JSON.parse(await answerOf(await requestTo(resolveEndpoint(env), path, env), deadlineMs, onLate));
    } catch {
      return undefined;
    }
  };
  return {
    containers: async () => things(await ask(`/containers/json?all=1&filters=${filters}`)),
    volumes: async () => things((((await ask(`/volumes?filters=${filters}`)) ?? {}) as { readonly Volumes?: unknown }).Volumes),
  };
}

function things(body: unknown): readonly LabelledThing[] {
  if (!Array.isArray(body)) return [];
  return (body as readonly Told[]).map(({ Names, Name, State, Labels }) => ({
    name: Name ?? (Names?.[0] ?? '').replace(/^\//, ''),
    labels: Labels ?? {},
    ...(State === undefined ? {} : { state: State as ContainerState }),
  }));
}

async function requestTo(endpoint: Endpoint, path: string, env: NodeJS.ProcessEnv): Promise<RequestOptions> {
  // Without a server name, which only TLS has a use for, Node would find one out: 3 ms.
  if (endpoint.kind === 'unix') return { socketPath: endpoint.path, path, agent: new Agent({ servername: '' } as object) };
  const { remoteAgent } = await import('./dial.ts');
  return { path, agent: remoteAgent(endpoint, env), headers: { Host: endpoint.host } };
}

function answerOf(options: RequestOptions, deadlineMs: number, onLate: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => collect(answer).then(resolve, reject).finally(done));
    const timer = setTimeout(() => {
      onLate();
      asked.destroy(new Error('late'));
    }, deadlineMs);
    const done = () => {
      clearTimeout(timer);
      asked.destroy();
    };
    asked.on('error', (error) => {
      done();
      reject(error);
    });
    asked.end();
  });
}

async function collect(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_ANSWER) break;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
