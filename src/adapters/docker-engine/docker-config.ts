import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';
import { contextTls } from './tls-material.ts';

/** The folder of docker's own configuration; undefined where there is neither DOCKER_CONFIG nor a home. */
export function configFolder(env: NodeJS.ProcessEnv): string | undefined {
  if (env.DOCKER_CONFIG) return env.DOCKER_CONFIG;
  if (env.HOME) return join(env.HOME, '.docker');
  try {
    return join(homedir(), '.docker');
  } catch {
    return undefined;
  }
}

/** The context that `docker context use` chose; an unreadable configuration counts as none, as it does for docker. */
export function currentContext(folder: string): string | undefined {
  const config = readJson(join(folder, 'config.json'));
  const name = (config as { currentContext?: unknown } | undefined)?.currentContext;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** The endpoint a named context stands for; ENGINE_UNREACHABLE when there is no such context. */
export function contextEndpoint(folder: string, name: string): Endpoint {
  const digest = createHash('sha256').update(name).digest('hex');
  const meta = readJson(join(folder, 'contexts', 'meta', digest, 'meta.json')) as
    | { Endpoints?: { docker?: { Host?: string; SkipTLSVerify?: boolean } } }
    | undefined;
  const docker = meta?.Endpoints?.docker;
  if (!docker?.Host) {
    throw new NodectlError('ENGINE_UNREACHABLE', `The docker context ${JSON.stringify(name)} does not exist or names no engine.`, {
      hint: 'List the contexts with `docker context ls`, then set DOCKER_CONTEXT or run `docker context use default`.',
    });
  }
  return parseEndpoint(docker.Host, contextTls(join(folder, 'contexts', 'tls', digest, 'docker'), docker.SkipTLSVerify === true));
}

function readJson(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
