import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { openDockerEngine } from '../src/adapters/docker-engine/docker-engine.ts';
import { hostFiles } from '../src/adapters/host-files.ts';
import { CAPABILITY, hasCapability } from '../src/host/kernel/capabilities.ts';
import { prysmIsBuilt } from './prysm-binaries.ts';

/** What a test may need of the machine, and how to find out that it is missing (`undefined`: it is there). */
const PROBES = {
  docker: async () => {
    try {
      await openDockerEngine(process.env);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  },
  go: async () => probeCommand('go', ['version']),
  geth: async () =>
    process.env.NODECTL_GETH_BINARY
      ? existsSync(process.env.NODECTL_GETH_BINARY)
        ? undefined
        : `NODECTL_GETH_BINARY names ${process.env.NODECTL_GETH_BINARY}, which does not exist`
      : probeCommand('go', ['version']),
  /** In the build cache, or to be built, which takes a C++ compiler too. */
  prysm: async () => (prysmIsBuilt() ? undefined : ((await probeCommand('go', ['version'])) ?? probeCommand('g++', ['--version']))),
  openssl: async () => probeCommand('openssl', ['version']),
  registry: async () => probeCommand('docker-registry', ['--version']),
  /** Root that may swap (no container), with a disk below the folder of long-lived temporary files. */
  swap: async () => {
    const files = hostFiles();
    const status = files.read('/proc/self/status');
    if (files.uid !== 0 || !existsSync('/proc/swaps')) return 'not root, or a kernel without swap';
    if ('failure' in status || hasCapability(status.text, CAPABILITY.sysAdmin) !== true) return 'root without CAP_SYS_ADMIN';
    const { type, free = 0 } = files.filesystem('/var/tmp') ?? {};
    if (!['ext4', 'xfs', 'btrfs'].includes(type ?? '')) return `/var/tmp lies on ${type}`;
    return free > 30 * 2 ** 30 ? undefined : 'less than 30 GiB free in /var/tmp';
  },
  'mkfs.xfs': async () => probeCommand('mkfs.xfs', ['-V']),
  'mkfs.btrfs': async () => probeCommand('mkfs.btrfs', ['--version']),
  root: async () => (process.getuid?.() === 0 ? undefined : 'not root'),
} as const satisfies Record<string, () => Promise<string | undefined>>;

export type Need = keyof typeof PROBES;

/**
 * True when everything needed is here. Otherwise says what is missing and gives false, for `describe.skipIf(!…)`; it throws
 * instead when NODECTL_REQUIRE (comma separated) names the need, so that nothing is skipped where it must run.
 */
export async function requires(...needs: readonly Need[]): Promise<boolean> {
  const demanded = (process.env.NODECTL_REQUIRE ?? '').split(',').map((word) => word.trim());
  for (const need of needs) {
    const missing = await PROBES[need]();
    if (missing === undefined) continue;
    if (demanded.includes(need)) throw new Error(`NODECTL_REQUIRE demands ${need}, but: ${missing}`);
    process.stderr.write(`skipped, needs ${need}: ${missing}\n`);
    return false;
  }
  return true;
}

async function probeCommand(command: string, args: readonly string[]): Promise<string | undefined> {
  const { error, status } = spawnSync(command, args, { stdio: 'ignore' });
  return error || status !== 0 ? `no working \`${command}\` on PATH` : undefined;
}
