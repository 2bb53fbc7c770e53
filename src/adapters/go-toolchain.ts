import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../errors.ts';
import type { BuiltBinary, GethBuilder } from '../ports.ts';
import { buildCache, cacheRoot } from './go-toolchain/build-cache.ts';
import { withBuildLock } from './go-toolchain/build-lock.ts';
import { compileGeth } from './go-toolchain/compile-geth.ts';
import { downloadGeth } from './go-toolchain/geth-module.ts';
import { findGo, type Go } from './go-toolchain/go-command.ts';

/** Builds geth with this machine's Go toolchain and keeps the binaries by version under the user's cache folder. */
export function goToolchain(env: NodeJS.ProcessEnv): GethBuilder {
  const root = cacheRoot(env);
  const go = () => findGo(env, root);
  return {
    async goVersion() {
      const found = go();
      return found === undefined ? undefined : versionOf(found);
    },
    async build(version, architecture, onProgress, signal): Promise<BuiltBinary> {
      const cache = buildCache(root, version, architecture);
      const ready = cache.read();
      if (ready !== undefined) return ready;
      const found = go();
      const goVersion = found === undefined ? undefined : await versionOf(found);
      if (found === undefined || goVersion === undefined)
        throw new NodectlError('GO_MISSING', `Building geth ${version} needs a Go toolchain.`);
      const onWait = (pid: number) =>
        onProgress({ what: `Another nodectl (process ${pid}) builds geth ${version}`, done: 0, total: 0, unit: 'packages' });
      return withBuildLock(cache.lock, { onWait, signal }, async () => {
        const made = cache.read();
        if (made !== undefined) return made;
        const workFolder = cache.freshWorkFolder();
        try {
          const module = await downloadGeth(found, version, signal);
          await compileGeth(found, { version, architecture, goVersion, module, workFolder, onProgress, signal });
          rmSync(join(workFolder, 'tmp'), { recursive: true, force: true });
          return cache.publish(workFolder, { moduleSum: module.sum, goVersion });
        } catch (error) {
          throw diskFull(error, version) ?? error;
        } finally {
          rmSync(workFolder, { recursive: true, force: true });
        }
      });
    },
  };
}

async function versionOf(go: Go): Promise<string | undefined> {
  const { ok, stdout } = await go.run(['env', 'GOVERSION']);
  return ok && stdout !== '' ? stdout.trim() : undefined;
}

function diskFull(error: unknown, version: string): NodectlError | undefined {
  if ((error as { code?: string }).code !== 'ENOSPC') return undefined;
  return new NodectlError('DISK_FULL', `The disk filled up while building geth ${version}.`, { cause: error });
}
