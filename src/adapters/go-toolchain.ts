import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../errors.ts';
import { BUILT_PROGRAMS } from '../node/built-program.ts';
import type { BuildOrder, BuiltBinary, ProgramBuilder } from '../ports/images.ts';
import type { OnProgress } from '../ports/progress.ts';
import { buildCache, cacheRoot } from './go-toolchain/build-cache.ts';
import { withBuildLock } from './go-toolchain/build-lock.ts';
import { compileProgram } from './go-toolchain/compile-program.ts';
import { findGo, type Go } from './go-toolchain/go-command.ts';
import { programName } from './go-toolchain/go-program.ts';
import { downloadProgram } from './go-toolchain/program-module.ts';

interface Watcher {
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/** Builds programs with this machine's Go toolchain and keeps the binaries by version under the user's cache folder. */
export function goToolchain(env: NodeJS.ProcessEnv): ProgramBuilder {
  const root = cacheRoot(env);
  const go = () => findGo(env, root);
  return {
    async goVersion() {
      const found = go();
      return found === undefined ? undefined : versionOf(found);
    },
    async build(order, onProgress, signal) {
      try {
        return await build(root, go(), order, { onProgress, signal });
      } catch (error) {
        throw error instanceof NodectlError ? error : fileFailure(error, order);
      }
    },
  };
}

async function build(root: string, go: Go | undefined, order: BuildOrder, { onProgress, signal }: Watcher): Promise<BuiltBinary> {
  const name = programName(order);
  const wanted = [BUILT_PROGRAMS[order.program].command, ...(order.extras ?? [])];
  const cache = buildCache(root, order);
  const ready = cache.read(wanted);
  if (ready !== undefined) return ready;
  const goVersion = go === undefined ? undefined : await versionOf(go);
  if (go === undefined || goVersion === undefined) throw new NodectlError('GO_MISSING', `Building ${name} needs a Go toolchain.`);
  const onWait = (pid: number) =>
    onProgress({ what: `Another nodectl (process ${pid}) builds ${name}`, done: 0, total: 0, unit: 'packages' });
  return withBuildLock(cache.lock, { onWait, signal }, async () => {
    const made = cache.read(wanted);
    if (made !== undefined) return made;
    const workFolder = cache.freshWorkFolder();
    try {
      const module = await downloadProgram(go, order, signal);
      // What an earlier order had of this version stays.
      const commands = [...new Set([...wanted, ...cache.commands()])];
      await compileProgram(go, { order, commands, goVersion, module, workFolder, onProgress, signal });
      rmSync(join(workFolder, 'tmp'), { recursive: true, force: true });
      return cache.publish(workFolder, commands, { moduleSum: module.sum, goVersion });
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  });
}

async function versionOf(go: Go): Promise<string | undefined> {
  const { ok, stdout } = await go.run(['env', 'GOVERSION']);
  return ok && stdout !== '' ? stdout.trim() : undefined;
}

function fileFailure(error: unknown, order: BuildOrder): NodectlError {
  const { code, message } = error as { code?: string; message?: string };
  const rejected = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new NodectlError(
    code === 'ENOSPC' ? 'DISK_FULL' : rejected ? 'PERMISSION' : 'IMAGE_BUILD_FAILED',
    `Building ${programName(order)} failed: ${message}`,
    { ...(rejected ? { hint: 'Set XDG_CACHE_HOME to a folder of yours.' } : {}), cause: error },
  );
}
