import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { TlsMaterial } from './endpoint.ts';

/** What DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH ask for; any value that is not empty switches on, as docker reads them. */
export function environmentTls(env: NodeJS.ProcessEnv, configFolder: string | undefined): TlsMaterial | undefined {
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && !env.DOCKER_TLS) return undefined;
  const named = env.DOCKER_CERT_PATH;
  if (named && !existsSync(named)) {
    throw new NodectlError('ENGINE_UNREACHABLE', `DOCKER_CERT_PATH names ${named}, which does not exist.`, {
      hint: 'Put ca.pem, cert.pem and key.pem there, or unset DOCKER_CERT_PATH.',
    });
  }
  const folder = named ?? configFolder;
  return { ...(folder ? pemFiles(folder) : {}), verify };
}

/** What a context's own TLS folder holds; undefined for a context without TLS. */
export function contextTls(folder: string, skipVerify: boolean): TlsMaterial | undefined {
  const files = pemFiles(folder);
  if (Object.values(files).every((text) => text === undefined) && !skipVerify) return undefined;
  return { ...files, verify: !skipVerify };
}

function pemFiles(folder: string): Omit<TlsMaterial, 'verify'> {
  return { ca: pem(folder, 'ca.pem'), cert: pem(folder, 'cert.pem'), key: pem(folder, 'key.pem') };
}

function pem(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new NodectlError('ENGINE_UNREACHABLE', `${path} cannot be read.`, { hint: 'Make it readable for you.', cause });
  }
}
