import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import zlib from 'node:zlib';
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
  zstd: async () => ('createZstdCompress' in zlib ? undefined : probeCommand('zstd', ['--version'])),
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
  /** Root that may attach files to loop devices and mount them, with mounts of its own too. */
  loop: async () =>
    process.getuid?.() === 0
      ? ((await probeCommand('losetup', ['--find'])) ??
        (await probeCommand('mkfs.ext4', ['-V'])) ??
        probeCommand('unshare', ['--mount', '--propagation', 'private', 'true']))
      : 'not root',
  'docker-cli': async () => probeCommand('docker', ['--version']),
  losetup: async () => probeCommand('losetup', ['--version']),
  'mkfs.xfs': async () => probeCommand('mkfs.xfs', ['-V']),
  'mkfs.btrfs': async () => probeCommand('mkfs.btrfs', ['--version']),
  /** As a disk of the kernel's, perhaps by a module, with its programs. */
  btrfs: async () =>
    readFileSync('/proc/filesystems', 'utf8').includes('\tbtrfs\n') || spawnSync('modprobe', ['--dry-run', 'btrfs']).status === 0
      ? probeCommand('mkfs.btrfs', ['--version'])
      : 'this kernel knows no btrfs',
  /** util-linux's, which gives a program a terminal. */
  script: async () => probeCommand('script', ['-qec', 'true', '/dev/null']),
  bash: async () => probeCommand('bash', ['--version']),
  zsh: async () => probeCommand('zsh', ['--version']),
  fish: async () => probeCommand('fish', ['--version']),
  promtool: async () => probeCommand('promtool', ['--version']),
  prometheus: async () => probeCommand('prometheus', ['--version']),
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
