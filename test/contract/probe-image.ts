import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { request } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pack } from 'tar-stream';

/** The contract suite's image: a static program of test/contract/probe.go and nothing else. */
export const PROBE_IMAGE = 'nodectl-test/probe:v1';

/** Compiles the program (once per version of its source) and imports the image through the engine's unix socket. */
export async function importProbeImage(socketPath: string, reference: string): Promise<void> {
  await importImage(socketPath, reference, { program: readFileSync(probeBinary()) });
}

/** Imports an image of one layer whose entrypoint is `/probe`; without a program that file is missing. */
export async function importImage(socketPath: string, reference: string, content: { readonly program?: Buffer }): Promise<void> {
  const archive = pack();
  archive.entry({ name: 'tmp/', type: 'directory', mode: 0o1777 });
  if (content.program) archive.entry({ name: 'probe', mode: 0o755 }, content.program);
  archive.finalize();
  const [repo, tag] = reference.split(':');
  const query = new URLSearchParams({ fromSrc: '-', repo: repo ?? '', tag: tag ?? '', changes: 'ENTRYPOINT ["/probe"]' });
  await call(socketPath, 'POST', `/images/create?${query}`, archive.pipe(new PassThrough()));
}

/** Removes the image; success when there is none. */
export async function dropImage(socketPath: string, reference: string): Promise<void> {
  await call(socketPath, 'DELETE', `/images/${reference}?force=true`).catch(() => {});
}

/** The unix socket of the engine that tests use. */
export function engineSocket(env: NodeJS.ProcessEnv): string {
  return env.DOCKER_HOST?.startsWith('unix://') ? env.DOCKER_HOST.slice('unix://'.length) : '/var/run/docker.sock';
}

function call(socketPath: string, method: string, path: string, archive?: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => (answer.statusCode === 200 && !body.includes('errorDetail') ? resolve() : reject(new Error(body))));
    });
    sent.on('error', reject);
    if (archive) archive.pipe(sent);
    else sent.end();
  });
}

/** The compiled program, from the cache when its source has not changed. */
export function probeBinary(): string {
  const source = join(import.meta.dirname, 'probe.go');
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), 'probe');
  const binary = join(folder, `probe-${digest}`);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const half = `${binary}.${process.pid}`;
  execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', half, source], {
    env: { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GO111MODULE: 'off', GOFLAGS: '' },
    cwd: folder,
  });
  renameSync(half, binary);
  return binary;
}

/** Where tests keep what is costly to make again. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? homedir() ?? tmpdir(), '.cache');
  return join(base, 'nodectl-test');
}
