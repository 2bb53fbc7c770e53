import { delimiter, join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import { executable } from '../executable.ts';
import type { Endpoint } from './endpoint.ts';

/** Why no answer came from the endpoint, as one of the cases that need different remedies. */
export function connectionError(error: unknown, endpoint: Endpoint, purpose: string): NodectlError {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const facts = { endpoint: endpoint.url };
  if (endpoint.kind !== 'unix') return remoteError(endpoint, code, message, error);

  if (code === 'EACCES' || code === 'EPERM') {
    return new NodectlError('ENGINE_NO_PERMISSION', `You may not use the Docker engine's socket ${endpoint.path}.`, {
      facts,
      cause: error,
    });
  }
  if (code === 'ECONNREFUSED') {
    return new NodectlError('ENGINE_NOT_RUNNING', `The socket ${endpoint.path} is there, but no Docker engine listens on it.`, {
      facts,
      cause: error,
    });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENOTSOCK') return absent(endpoint, error);
  return new NodectlError('ENGINE_UNREACHABLE', `The Docker engine stopped answering: could not ${purpose} (${code || message}).`, {
    facts,
    hint: 'See whether the engine runs (`docker info`), then run the same command again.',
    cause: error,
  });
}

function absent(endpoint: Extract<Endpoint, { kind: 'unix' }>, cause: unknown): NodectlError {
  const facts = { endpoint: endpoint.url };
  if (!endpoint.isDefault) {
    return new NodectlError('ENGINE_UNREACHABLE', `There is no socket at ${endpoint.path}.`, {
      facts,
      hint: 'Check DOCKER_HOST and `docker context ls`, or start the engine that listens there.',
      cause,
    });
  }
  if (!engineInstalled()) return new NodectlError('ENGINE_NOT_INSTALLED', 'There is no Docker engine on this machine.', { facts, cause });
  return new NodectlError('ENGINE_NOT_RUNNING', 'The Docker engine is installed but not running.', { facts, cause });
}

function remoteError(endpoint: Exclude<Endpoint, { kind: 'unix' }>, code: string, message: string, cause: unknown): NodectlError {
  const reason = [code, message].filter((part) => part !== '' && part !== 'ESSH').join(': ');
  return new NodectlError('ENGINE_UNREACHABLE', `No Docker engine answers at ${endpoint.url}.`, {
    facts: { endpoint: endpoint.url, reason },
    ...(endpoint.kind === 'ssh' ? { hint: sshHint(endpoint) } : {}),
    cause,
  });
}

function sshHint(endpoint: Extract<Endpoint, { kind: 'ssh' }>): string {
  const port = endpoint.port === undefined ? '' : `-p ${endpoint.port} `;
  const target = `${port}${endpoint.user === undefined ? '' : `${endpoint.user}@`}${endpoint.host}`;
  return `Check \`ssh ${target} docker version\`, or forward the socket yourself: \`ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ${target}\` and DOCKER_HOST=unix:///tmp/docker.sock.`;
}

/** Root's folders are looked at too: an ordinary user's PATH often lacks them. */
function engineInstalled(): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/usr/local/bin', '/usr/local/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && executable(join(folder, 'dockerd')));
}
