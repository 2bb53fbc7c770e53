import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder } from './docker-config.ts';

/** What dockerode sends along for a registry that wants a login. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

const HUB = 'https://index.docker.io/v1/';

/**
 * The login that `docker login` left in plain for a registry; undefined when there is none or a credential helper keeps it
 * (then pull once with docker itself).
 */
export function registryLogin(registry: string, env: NodeJS.ProcessEnv): RegistryLogin | undefined {
  const folder = configFolder(env);
  if (folder === undefined) return undefined;
  const key = registry === 'docker.io' ? HUB : registry;
  const decoded = Buffer.from(storedAuth(join(folder, 'config.json'), key) ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) return undefined;
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1), serveraddress: key };
}

function storedAuth(path: string, key: string): string | undefined {
  try {
    const config = JSON.parse(readFileSync(path, 'utf8')) as { auths?: Record<string, { auth?: unknown } | undefined> };
    const auth = config.auths?.[key]?.auth ?? config.auths?.[`https://${key}`]?.auth;
    return typeof auth === 'string' ? auth : undefined;
  } catch {
    return undefined;
  }
}
