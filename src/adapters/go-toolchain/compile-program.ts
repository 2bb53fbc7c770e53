import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { BuildOrder } from '../../ports/images.ts';
import type { OnProgress } from '../../ports/progress.ts';
import { buildFailure, missingModule } from './build-failure.ts';
import type { Go, GoResult } from './go-command.ts';
import { GO_PROGRAMS, programName } from './go-program.ts';
import { moduleFailure, type ProgramModule } from './program-module.ts';

interface Compilation {
  readonly order: BuildOrder;
  /** By the names of their folders under cmd/. */
  readonly commands: readonly string[];
  readonly goVersion: string;
  readonly module: ProgramModule;
  /** Everything go writes goes here. */
  readonly workFolder: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/** Compiles each command to a file of its name in the work folder, statically, so that it runs in an otherwise empty image. */
export async function compileProgram(go: Go, compilation: Compilation): Promise<void> {
  const { order, commands, module, workFolder, onProgress, signal } = compilation;
  const name = programName(order);
  const { env, flags } = building(compilation);
  const scratch = join(workFolder, 'tmp');
  mkdirSync(scratch);
  const options = { folder: module.folder, env: { ...env, GOTMPDIR: scratch }, signal };
  const sources = commands.map((command) => `./cmd/${command}`);
  const succeed = async ({ ok, stdout, stderr }: GoResult): Promise<string> => {
    if (ok) return stdout;
    const missing = missingModule(stderr);
    throw missing === undefined ? buildFailure(order, stderr) : await moduleFailure(go, order, missing, signal);
  };

  let downloaded = 0;
  const onDownload = (line: string) => {
    if (line.startsWith('go: downloading ')) downloaded++;
    onProgress({ what: `Getting the modules of ${name}`, done: downloaded, total: 0, unit: 'packages' });
  };
  const packages = await succeed(await go.run(['list', '-deps', ...flags.list, ...sources], { ...options, onLine: onDownload }));
  const total = packages.trim().split('\n').length;

  let compiled = 0;
  const what = `Compiling ${name}`;
  const onPackage = (line: string) => {
    if (!/^[\w.~/-]+$/.test(line)) return;
    compiled = Math.min(compiled + 1, total - 1);
    onProgress({ what, done: compiled, total, unit: 'packages' });
  };
  onProgress({ what, done: 0, total, unit: 'packages' });
  const args = ['build', '-v', '-trimpath', ...flags.build, '-o', `${workFolder}/`, ...sources];
  await succeed(await go.run(args, { ...options, onLine: onPackage }));
  onProgress({ what, done: total, total, unit: 'packages' });
}

function building({ order, module, goVersion }: Compilation) {
  const { version, architecture } = order;
  const { cgo, ldflags, env } = GO_PROGRAMS[order.program].linking({ version, requirements: module.requirements, goVersion });
  const host = process.arch === 'x64' ? 'amd64' : process.arch;
  if (cgo && architecture !== host) {
    throw new NodectlError(
      'IMAGE_BUILD_FAILED',
      `${programName(order)} has parts in C, and this machine (${host}) compiles none for ${architecture}.`,
      {
        hint: `Build it on a machine with ${architecture}, or use an image: --image-source pull.`,
      },
    );
  }
  const tags = cgo ? ['-tags', 'netgo osusergo'] : [];
  const words = ['-s -w', ldflags, cgo ? '-linkmode external -extldflags -static' : ''].filter((word) => word !== '');
  return {
    env: { ...env, CGO_ENABLED: cgo ? '1' : '0', GOOS: 'linux', GOARCH: architecture },
    flags: { list: tags, build: [...tags, `-ldflags=${words.join(' ')}`] },
  };
}
