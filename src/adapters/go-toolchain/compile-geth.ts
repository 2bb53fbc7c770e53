import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OnProgress } from '../../ports/progress.ts';
import { buildFailure, missingModule } from './build-failure.ts';
import { type GethModule, moduleFailure } from './geth-module.ts';
import type { Go, GoResult } from './go-command.ts';

interface Compilation {
  readonly version: string;
  readonly architecture: string;
  readonly goVersion: string;
  readonly module: GethModule;
  /** Everything go writes goes here. */
  readonly workFolder: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/** Compiles geth to `geth` in the work folder, statically, so that it runs in an otherwise empty image. */
export async function compileGeth(go: Go, compilation: Compilation): Promise<void> {
  const { version, module, workFolder, onProgress, signal } = compilation;
  const scratch = join(workFolder, 'tmp');
  mkdirSync(scratch);
  const { env, flags } = linking(compilation);
  const options = { folder: module.folder, env: { ...env, GOTMPDIR: scratch }, signal };
  const succeed = async ({ ok, stdout, stderr }: GoResult): Promise<string> => {
    if (ok) return stdout;
    const missing = missingModule(stderr);
    throw missing === undefined ? buildFailure(version, stderr) : await moduleFailure(go, version, missing, signal);
  };

  let downloaded = 0;
  const onDownload = (line: string) => {
    if (line.startsWith('go: downloading ')) downloaded++;
    onProgress({ what: `Getting the modules of geth ${version}`, done: downloaded, total: 0, unit: 'packages' });
  };
  const packages = await succeed(await go.run(['list', '-deps', ...flags.list, './cmd/geth'], { ...options, onLine: onDownload }));
  const total = packages.trim().split('\n').length;

  let compiled = 0;
  const what = `Compiling geth ${version}`;
  const onPackage = (line: string) => {
    if (!/^[\w.~/-]+$/.test(line)) return;
    compiled = Math.min(compiled + 1, total - 1);
    onProgress({ what, done: compiled, total, unit: 'packages' });
  };
  onProgress({ what, done: 0, total, unit: 'packages' });
  const args = ['build', '-v', '-trimpath', ...flags.build, '-o', join(workFolder, 'geth'), './cmd/geth'];
  await succeed(await go.run(args, { ...options, onLine: onPackage }));
  onProgress({ what, done: total, total, unit: 'packages' });
}

function linking({ module, architecture, goVersion }: Compilation) {
  const cgo = needsCgo(module.requirements);
  // Go 1.23 began to refuse what geth up to 1.14.7 links to; older linkers do not know the flag.
  const relaxed = newerThan122(goVersion) ? ' -checklinkname=0' : '';
  const ldflags = `-s -w${relaxed}${cgo ? ' -linkmode external -extldflags -static' : ''}`;
  const tags = cgo ? ['-tags', 'netgo osusergo'] : [];
  return {
    env: { CGO_ENABLED: cgo ? '1' : '0', GOOS: 'linux', GOARCH: architecture },
    flags: { list: tags, build: [...tags, `-ldflags=${ldflags}`] },
  };
}

/** geth up to 1.10.13 or so runs its JavaScript console on a C library. */
function needsCgo(requirements: string): boolean {
  return requirements.includes('go-duktape');
}

function newerThan122(goVersion: string): boolean {
  const match = /go(\d+)\.(\d+)/.exec(goVersion);
  return match === null || Number(match[1]) > 1 || Number(match[2]) > 22;
}
