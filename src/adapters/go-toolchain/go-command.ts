import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { NodectlError } from '../../errors.ts';
import { executable } from '../executable.ts';

/** How one run of the go command ended. */
export interface GoResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

interface GoRun {
  readonly folder?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Hears each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the go command with a fixed environment. */
export interface Go {
  run(args: readonly string[], options?: GoRun): Promise<GoResult>;
}

/** Where Go's own instructions put it; often not on PATH of a service or a fresh shell. GOROOT names another place. */
const USUAL_ROOT = '/usr/local/go';

/** The go command of this machine, undefined when there is none. `cache` holds Go's caches where there is no home. */
export function findGo(env: NodeJS.ProcessEnv, cache: string): Go | undefined {
  const path = [...(env.PATH ?? '').split(delimiter), join(env.GOROOT || USUAL_ROOT, 'bin')]
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'go'))
    .find(executable);
  if (path === undefined) return undefined;
  const fixed = buildEnvironment(env, cache);
  return { run: (args, options = {}) => runGo(path, args, { ...fixed, ...options.env }, options) };
}

/** The user's environment without what would change the binary: flags, workspaces and processor levels. */
function buildEnvironment(env: NodeJS.ProcessEnv, cache: string): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(GO(AMD64|ARM64|ARM|386|EXPERIMENT|FIPS140)|CGO_\w+)$/.test(name)),
  );
  const homeless = env.HOME ? {} : { GOPATH: env.GOPATH || join(cache, 'go'), GOCACHE: env.GOCACHE || join(cache, 'go-build') };
  return { ...kept, ...homeless, GO111MODULE: 'on', GOWORK: 'off', GOFLAGS: '-buildvcs=false', LC_ALL: 'C' };
}

async function runGo(path: string, args: readonly string[], env: NodeJS.ProcessEnv, { folder, onLine, signal }: GoRun): Promise<GoResult> {
  if (signal?.aborted) throw interrupted();
  // go removes its work folder on SIGINT and leaves it on SIGTERM.
  const child = execa(path, args, {
    cwd: folder ?? '/',
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    killSignal: 'SIGINT',
    forceKillAfterDelay: 10_000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (onLine !== undefined) createInterface({ input: child.stderr }).on('line', onLine);
  const { failed, stdout, stderr } = await child;
  if (signal?.aborted) throw interrupted();
  return { ok: !failed, stdout, stderr };
}

function interrupted(): NodectlError {
  return new NodectlError('INTERRUPTED', 'Interrupted while building.');
}
