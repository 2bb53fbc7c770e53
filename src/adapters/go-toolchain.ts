import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../errors.ts';
import type { BuiltBinary, GethBuilder } from '../ports/images.ts';
import type { OnProgress } from '../ports/progress.ts';
import { buildCache, cacheRoot } from './go-toolchain/build-cache.ts';
import { withBuildLock } from './go-toolchain/build-lock.ts';
import { compileGeth } from './go-toolchain/compile-geth.ts';
import { downloadGeth } from './go-toolchain/geth-module.ts';
import { findGo, type Go } from './go-toolchain/go-command.ts';

interface Order {
  readonly version: string;
  readonly architecture: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/** Builds geth with this machine's Go toolchain and keeps the binaries by version under the user's cache folder. */
export function goToolchain(env: NodeJS.ProcessEnv): GethBuilder {
  const root = cacheRoot(env);
  const go = () => findGo(env, root);
  return {
    async goVersion() {
      const found = go();
      return found === undefined ? undefined : versionOf(found);
    },
    async build(version, architecture, onProgress, signal) {
      try {
        return await build(root, go(), { version, architecture, onProgress, signal });
      } catch (error) {
        throw error instanceof NodectlError ? error : fileFailure(error, version);
      }
    },
  };
}

async function build(root: string, go: Go | undefined, order: Order): Promise<BuiltBinary> {
  const { version, architecture, onProgress, signal } = order;
  const cache = buildCache(root, version, architecture);
  const ready = cache.read();
  if (ready !== undefined) return ready;
  const goVersion = go === undefined ? undefined : await versionOf(go);
  if (go === undefined || goVersion === undefined) throw new NodectlError('GO_MISSING', `Building geth ${version} needs a Go toolchain.`);
  const onWait = (pid: number) =>
    onProgress({ what: `Another nodectl (process ${pid}) builds geth ${version}`, done: 0, total: 0, unit: 'packages' });
  return withBuildLock(cache.lock, { onWait, signal }, async () => {
    const made = cache.read();
    if (made !== undefined) return made;
    const workFolder = cache.freshWorkFolder();
    try {
      const module = await downloadGeth(go, version, signal);
      await compileGeth(go, { ...order, goVersion, module, workFolder });
      rmSync(join(workFolder, 'tmp'), { recursive: true, force: true });
      return cache.publish(workFolder, { moduleSum: module.sum, goVersion });
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  });
}

async function versionOf(go: Go): Promise<string | undefined> {
  const { ok, stdout } = await go.run(['env', 'GOVERSION']);
  return ok && stdout !== '' ? stdout.trim() : undefined;
}

function fileFailure(error: unknown, version: string): NodectlError {
  const { code, message } = error as { code?: string; message?: string };
  const rejected = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new NodectlError(
    code === 'ENOSPC' ? 'DISK_FULL' : rejected ? 'PERMISSION' : 'IMAGE_BUILD_FAILED',
    `Building geth ${version} failed: ${message}`,
    { ...(rejected ? { hint: 'Set XDG_CACHE_HOME to a folder of yours.' } : {}), cause: error },
  );
}
