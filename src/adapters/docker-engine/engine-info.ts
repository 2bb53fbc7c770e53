import { release } from 'node:os';
import type { Architecture, EngineInfo } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';

interface Info {
  readonly Name?: string;
  readonly ServerVersion?: string;
  readonly Architecture?: string;
  readonly KernelVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly CgroupVersion?: string;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
  readonly Driver?: string;
  readonly DockerRootDir?: string;
  readonly DriverStatus?: readonly (readonly [string, string])[] | null;
  readonly CgroupDriver?: string;
  readonly LoggingDriver?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly OperatingSystem?: string;
  /** Podman's alone. */
  readonly BuildahVersion?: string;
  readonly LiveRestoreEnabled?: boolean;
  readonly SecurityOptions?: readonly string[] | null;
}

/** The kernel's words for machines → Go's, which image manifests use. */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  i686: '386',
  i386: '386',
};

/** The engine and its host, from one `GET /info`. */
export async function engineInfo(connection: Connection, apiVersion: string): Promise<EngineInfo> {
  const { body } = await connection.ask({ method: 'GET', path: '/info', accept: [200], purpose: 'ask the engine about itself' });
  const info = body as Info;
  const kernelVersion = info.KernelVersion ?? '';
  return {
    endpoint: connection.endpoint.url,
    // Docker Desktop's socket is local too, but its containers live under another kernel.
    local: connection.endpoint.kind === 'unix' && kernelVersion === release(),
    hostname: info.Name ?? '',
    serverVersion: info.ServerVersion ?? '',
    apiVersion,
    architecture: ARCHITECTURES[info.Architecture ?? ''] ?? info.Architecture ?? '',
    kernelVersion,
    cpus: info.NCPU ?? 0,
    memory: info.MemTotal ?? 0,
    cgroupVersion: info.CgroupVersion === '2' ? 2 : 1,
    enforces: {
      memory: info.MemoryLimit === true,
      swap: info.SwapLimit === true,
      cpu: info.CpuCfsQuota === true,
      pids: info.PidsLimit === true,
    },
    storageDriver: info.Driver ?? '',
    rootDir: info.DockerRootDir ?? '',
    driverStatus: Object.fromEntries(info.DriverStatus ?? []),
    securityOptions: info.SecurityOptions ?? [],
    cgroupDriver: info.CgroupDriver ?? '',
    loggingDriver: info.LoggingDriver ?? '',
    runtimes: Object.keys(info.Runtimes ?? {}),
    operatingSystem: info.OperatingSystem ?? '',
    product: info.BuildahVersion === undefined ? 'docker' : 'podman',
    liveRestore: info.LiveRestoreEnabled === true,
    rootless: (info.SecurityOptions ?? []).some((option) => option.startsWith('name=rootless')),
  };
}
