import { NodectlError } from '../../errors.ts';

/** What a TLS connection is made with; PEM texts. */
export interface TlsMaterial {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** False accepts any server certificate, as docker's own `--tls` without verification does. */
  readonly verify: boolean;
}

/** Where an engine listens. `url` is the form that people know and errors print. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly url: string; readonly path: string; readonly isDefault: boolean }
  | { readonly kind: 'tcp'; readonly url: string; readonly host: string; readonly port: number; readonly tls: TlsMaterial | undefined }
  | {
      readonly kind: 'ssh';
      readonly url: string;
      readonly host: string;
      readonly port: number | undefined;
      readonly user: string | undefined;
    };

export const DEFAULT_SOCKET = '/var/run/docker.sock';

/** An endpoint from the words of DOCKER_HOST or of a context; ENGINE_UNREACHABLE when they cannot be one. */
export function parseEndpoint(words: string, tls: TlsMaterial | undefined): Endpoint {
  const text = words.includes('://') ? words : `tcp://${words}`;
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length) || DEFAULT_SOCKET;
    return { kind: 'unix', url: `unix://${path}`, path, isDefault: isDefaultSocket(path) };
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, '');
  if (!url || !host) throw malformed(words);
  if (url.protocol === 'ssh:') {
    if (host.startsWith('-')) throw malformed(words);
    return {
      kind: 'ssh',
      url: text,
      host,
      port: url.port ? Number(url.port) : undefined,
      user: url.username ? decodeURIComponent(url.username) : undefined,
    };
  }
  if (url.protocol !== 'tcp:' && url.protocol !== 'http:' && url.protocol !== 'https:') throw malformed(words);
  const secured = tls ?? (url.protocol === 'https:' ? { verify: true } : undefined);
  return { kind: 'tcp', url: text, host, port: tcpPort(url, secured !== undefined), tls: secured };
}

function tcpPort(url: URL, secured: boolean): number {
  if (url.port) return Number(url.port);
  // URL drops a port that is its scheme's own.
  if (url.protocol === 'http:') return 80;
  if (url.protocol === 'https:') return 443;
  return secured ? 2376 : 2375;
}

function isDefaultSocket(path: string): boolean {
  return path === DEFAULT_SOCKET || path === '/run/docker.sock';
}

function malformed(words: string): NodectlError {
  return new NodectlError('ENGINE_UNREACHABLE', `${JSON.stringify(words)} is not the address of a Docker engine.`, {
    hint: 'Write it as unix:///path, tcp://host:port or ssh://user@host (DOCKER_HOST, or the docker context in use).',
  });
}
