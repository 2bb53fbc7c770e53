import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder, contextEndpoint, currentContext } from './docker-config.ts';
import { DEFAULT_SOCKET, type Endpoint, parseEndpoint } from './endpoint.ts';
import { environmentTls } from './tls-material.ts';

/**
 * The engine that docker's own command line would speak to: DOCKER_HOST, else DOCKER_CONTEXT, else the current context
 * of its configuration, else the default socket, or the rootless engine's where only that exists.
 */
export function resolveEndpoint(env: NodeJS.ProcessEnv): Endpoint {
  const folder = configFolder(env);
  if (env.DOCKER_HOST) return parseEndpoint(env.DOCKER_HOST, environmentTls(env, folder));
  const context = env.DOCKER_CONTEXT || (folder && currentContext(folder)) || 'default';
  if (context !== 'default') return contextEndpoint(folder ?? '', context);
  return parseEndpoint(`unix://${localSocket(env)}`, undefined);
}

function localSocket(env: NodeJS.ProcessEnv): string {
  if (existsSync(DEFAULT_SOCKET) || !env.XDG_RUNTIME_DIR) return DEFAULT_SOCKET;
  const rootless = join(env.XDG_RUNTIME_DIR, 'docker.sock');
  return existsSync(rootless) ? rootless : DEFAULT_SOCKET;
}
