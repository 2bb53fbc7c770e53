import type { EngineInfo, ImageFacts } from '../../src/ports/engine.ts';

/** The fake engine's host: two CPUs, 8 GiB, every limit enforced. */
export const FAKE_INFO: EngineInfo = {
  endpoint: 'unix:///fake/docker.sock',
  local: true,
  hostname: 'fake',
  serverVersion: '28.5.2',
  apiVersion: '1.47',
  architecture: 'amd64',
  kernelVersion: '6.1.0',
  cpus: 2,
  memory: 8 * 2 ** 30,
  cgroupVersion: 2,
  enforces: { memory: true, swap: true, cpu: true, pids: true },
  storageDriver: 'overlay2',
  rootDir: '/fake',
  rootless: false,
  driverStatus: { 'Backing Filesystem': 'extfs' },
  securityOptions: ['name=seccomp,profile=default'],
  cgroupDriver: 'systemd',
  loggingDriver: 'json-file',
  runtimes: ['runc'],
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  product: 'docker',
  liveRestore: false,
};

/** An image as an engine would describe it; override what matters. */
export function fakeImage(ref: string, facts: Partial<ImageFacts> = {}): ImageFacts {
  const id = `sha256:${Buffer.from(ref).toString('hex').padEnd(64, '0').slice(0, 64)}`;
  return { id, digests: [], tags: [ref], architecture: 'amd64', os: 'linux', entrypoint: ['geth'], env: [], labels: {}, size: 1, ...facts };
}
