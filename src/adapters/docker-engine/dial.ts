import { Agent } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { inspect } from 'node:util';
import type { Endpoint } from './endpoint.ts';
import { connectSsh } from './ssh-stdio.ts';

type Remote = Exclude<Endpoint, { kind: 'unix' }>;

/** Milliseconds that a remote engine's host may take to accept a connection. */
const CONNECT_DEADLINE = 5_000;

/** An HTTP agent that reaches a remote endpoint; it keeps connections, and none of them keeps the process alive when idle. */
export function remoteAgent(endpoint: Remote, env: NodeJS.ProcessEnv): Agent {
  const agent = new Agent({ keepAlive: true });
  const dialing = agent as Agent & { createConnection(): Duplex };
  dialing.createConnection = () => (endpoint.kind === 'ssh' ? connectSsh(endpoint, env) : withDeadline(endpoint));
  // docker-modem inspects its options, to the full depth, before every request.
  Object.defineProperty(agent, inspect.custom, { value: () => `Agent(${endpoint.url})`, enumerable: false });
  return agent;
}

function withDeadline(endpoint: Extract<Remote, { kind: 'tcp' }>): Socket {
  const socket = endpoint.tls ? secured(endpoint, endpoint.tls) : connectTcp({ host: endpoint.host, port: endpoint.port });
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error(`no connection within ${CONNECT_DEADLINE / 1000} s`), { code: 'ETIMEDOUT' }));
  }, CONNECT_DEADLINE);
  socket.once(endpoint.tls ? 'secureConnect' : 'connect', () => clearTimeout(timer));
  socket.once('close', () => clearTimeout(timer));
  return socket;
}

function secured(endpoint: Extract<Remote, { kind: 'tcp' }>, tls: NonNullable<Extract<Remote, { kind: 'tcp' }>['tls']>): Socket {
  return connectTls({
    host: endpoint.host,
    port: endpoint.port,
    // Server name indication does not take addresses.
    ...(isIP(endpoint.host) ? {} : { servername: endpoint.host }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    rejectUnauthorized: tls.verify,
  });
}
