import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../../src/adapters/docker-engine/resolve-endpoint.ts';
import { errorOf } from '../../error-code.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nodectl-test-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('the engine to speak to', () => {
  it('is the one of DOCKER_HOST before any context', () => {
    context('far', 'tcp://far.example:2375');
    configure({ currentContext: 'far' });
    expect(resolveEndpoint({ HOME: home, DOCKER_HOST: 'unix:///a.sock', DOCKER_CONTEXT: 'far' })).toMatchObject({
      kind: 'unix',
      path: '/a.sock',
      isDefault: false,
    });
  });

  it('is the one of DOCKER_CONTEXT before the current context', () => {
    context('far', 'tcp://far.example:2375');
    context('near', 'unix:///near.sock');
    configure({ currentContext: 'far' });
    expect(resolveEndpoint({ HOME: home, DOCKER_CONTEXT: 'near' })).toMatchObject({ path: '/near.sock' });
    expect(resolveEndpoint({ HOME: home })).toMatchObject({ kind: 'tcp', host: 'far.example', port: 2375, tls: undefined });
  });

  it('is the default socket when the context is called default, whatever is current', () => {
    context('far', 'tcp://far.example:2375');
    configure({ currentContext: 'far' });
    expect(resolveEndpoint({ HOME: home, DOCKER_CONTEXT: 'default' })).toMatchObject({ path: '/var/run/docker.sock', isDefault: true });
  });

  it('is found through DOCKER_CONFIG, and without a home', () => {
    mkdirSync(join(home, '.docker'));
    context('far', 'ssh://me@far.example:2222');
    configure({ currentContext: 'far' });
    expect(resolveEndpoint({ DOCKER_CONFIG: join(home, '.docker') })).toMatchObject({
      kind: 'ssh',
      user: 'me',
      host: 'far.example',
      port: 2222,
    });
    expect(resolveEndpoint({ DOCKER_HOST: 'unix:///a.sock' })).toMatchObject({ path: '/a.sock' });
  });

  it('is the default one when the configuration cannot be read', () => {
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker', 'config.json'), '{broken');
    expect(resolveEndpoint({ HOME: home })).toMatchObject({ isDefault: true });
  });

  it('must exist when it is named', () => {
    expect(errorOf(() => resolveEndpoint({ HOME: home, DOCKER_CONTEXT: 'absent' })).code).toBe('ENGINE_UNREACHABLE');
  });

  it.each(['ftp://x', 'ssh://-oProxyCommand=x', 'tcp://', 'tcp://a b'])('is not %s', (words) => {
    expect(errorOf(() => resolveEndpoint({ HOME: home, DOCKER_HOST: words })).code).toBe('ENGINE_UNREACHABLE');
  });

  it.each([
    ['10.0.0.1:2375', { host: '10.0.0.1', port: 2375, tls: undefined }],
    ['tcp://[::1]:2375', { host: '::1', port: 2375 }],
    ['tcp://far.example', { host: 'far.example', port: 2375 }],
    ['unix://', { path: '/var/run/docker.sock' }],
  ])('reads %s as docker does', (words, endpoint) => {
    expect(resolveEndpoint({ HOME: home, DOCKER_HOST: words })).toMatchObject(endpoint);
  });
});

describe('TLS', () => {
  it('is what DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say', () => {
    pem(home);
    const env = { HOME: home, DOCKER_HOST: 'tcp://far.example', DOCKER_CERT_PATH: home };
    expect(resolveEndpoint({ ...env, DOCKER_TLS_VERIFY: '1' })).toMatchObject({
      port: 2376,
      tls: { verify: true, ca: 'ca.pem', key: 'key.pem' },
    });
    expect(resolveEndpoint({ ...env, DOCKER_TLS: '1' })).toMatchObject({ tls: { verify: false } });
    expect(resolveEndpoint(env)).toMatchObject({ port: 2375, tls: undefined });
  });

  it('refuses a certificate folder that is not there', () => {
    const env = { HOME: home, DOCKER_HOST: 'tcp://far.example', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' };
    expect(errorOf(() => resolveEndpoint(env)).code).toBe('ENGINE_UNREACHABLE');
  });

  it('comes with a context', () => {
    const digest = context('far', 'tcp://far.example:2376');
    const folder = join(home, '.docker', 'contexts', 'tls', digest, 'docker');
    mkdirSync(folder, { recursive: true });
    pem(folder);
    expect(resolveEndpoint({ HOME: home, DOCKER_CONTEXT: 'far' })).toMatchObject({ tls: { verify: true, cert: 'cert.pem' } });
  });
});

function context(name: string, host: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  const folder = join(home, '.docker', 'contexts', 'meta', digest);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }));
  return digest;
}

function configure(config: object): void {
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify(config));
}

function pem(folder: string): void {
  for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(folder, name), name);
}
