import { Agent, type AgentOptions, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { Endpoint } from './endpoint.ts';
import { engineError } from './engine-error.ts';
import type { EngineRequest } from './engine-request.ts';

/** An open line to one engine; every failure arrives as a NodectlError. */
export interface Connection {
  readonly endpoint: Endpoint;
  readonly docker: Docker;
  /** The answer's status and JSON body (`undefined` when it is not JSON). */
  ask(request: EngineRequest): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The answer as it comes; the caller destroys it when done. */
  open(request: EngineRequest): Promise<IncomingMessage>;
  /** The connection itself, which the engine gives over to a program's input and output; the caller destroys it when done. */
  upgrade(request: EngineRequest): Promise<Duplex>;
}

/** Prepares the connection; nothing is sent yet. */
export async function connectTo(endpoint: Endpoint, env: NodeJS.ProcessEnv): Promise<Connection> {
  const docker = dockerWith(await dockerOptions(endpoint, env));
  const trace = env.NODECTL_DEBUG ? (await import('../request-trace.ts')).requestTrace() : undefined;
  const attempt = async <T>(request: EngineRequest, sending: Promise<T>, statusOf: (answer: T) => number): Promise<T> => {
    const begun = performance.now();
    try {
      const answer = await sending;
      trace?.(`${request.method} ${request.path}`, statusOf(answer), begun);
      return answer;
    } catch (error) {
      trace?.(`${request.method} ${request.path}`, String(error), begun);
      throw engineError(error, endpoint, request);
    }
  };
  const open = (request: EngineRequest) => attempt(request, send<IncomingMessage>(docker, request), ({ statusCode = 0 }) => statusCode);
  const upgrade = (request: EngineRequest) => attempt(request, send<Duplex>(docker, request, { hijack: true }), () => 101);
  const ask = async (request: EngineRequest) => {
    const answer = await open(request);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      return { status: answer.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString()) };
    } catch (error) {
      throw engineError(error, endpoint, request);
    }
  };
  return { endpoint, docker, ask, open, upgrade };
}

/**
 * Always asks docker-modem for the stream: its own reading of a body never ends when the engine dies in the middle,
 * and turns 304 into an error.
 */
function send<Answer>(docker: Docker, request: EngineRequest, more: { readonly hijack?: true } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `${request.path}?`,
        method: request.method,
        options: request.archive ? (request.query ?? {}) : { _query: request.query ?? {}, _body: request.body ?? {} },
        ...(request.archive ? { file: request.archive } : {}),
        isStream: true,
        ...more,
        ...(request.signal ? { abortSignal: request.signal } : {}),
        statusCodes: Object.fromEntries(request.accept.map((status) => [status, true])),
      },
      (error, answer) => (error ? reject(error) : resolve(answer as Answer)),
    );
  });
}

/**
 * A connection serves one request after the other, and keeps no process alive while idle. Without a server name, which only
 * TLS has a use for, Node would find one out: 3 ms for the expression that knows IPv6 addresses.
 */
const LOCAL: AgentOptions & { readonly servername: '' } = { keepAlive: true, servername: '' };

async function dockerOptions(endpoint: Endpoint, env: NodeJS.ProcessEnv): Promise<object> {
  if (endpoint.kind === 'unix') return { socketPath: endpoint.path, agent: new Agent(LOCAL) };
  const { remoteAgent } = await import('./dial.ts');
  // The agent dials; the path only keeps docker-modem from parsing an address of its own.
  return { socketPath: '/', agent: remoteAgent(endpoint, env), headers: { Host: endpoint.host } };
}

/** docker-modem reads DOCKER_HOST and DOCKER_CERT_PATH by itself, over what it is given, and fails on files that nobody asked for. */
function dockerWith(options: object): Docker {
  const host = process.env.DOCKER_HOST;
  delete process.env.DOCKER_HOST;
  try {
    return new Docker(options);
  } finally {
    if (host !== undefined) process.env.DOCKER_HOST = host;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
