import type { ContainerCreateOptions } from 'dockerode';
import type { ContainerLimits, ContainerSpec } from '../../ports/containers.ts';

/** The body of `POST /containers/create` for a spec: a translation without a decision of its own. */
export function containerRequest(spec: ContainerSpec): ContainerCreateOptions {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of spec.ports) {
    const key = `${port.containerPort}/${port.protocol}`;
    bindings[key] = [...(bindings[key] ?? []), { HostIp: port.hostIp, HostPort: String(port.hostPort) }];
  }
  return {
    Image: spec.image,
    ...(spec.entrypoint === undefined ? {} : { Entrypoint: [...spec.entrypoint] }),
    Cmd: [...spec.args],
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    Labels: { ...spec.labels },
    User: spec.user,
    StopTimeout: spec.stopTimeoutSeconds,
    ...(spec.stopSignal === undefined ? {} : { StopSignal: spec.stopSignal }),
    ExposedPorts: Object.fromEntries(Object.keys(bindings).map((key) => [key, {}])),
    HostConfig: {
      ...limitsRequest(spec.limits),
      ...(spec.swappiness === undefined ? {} : { MemorySwappiness: spec.swappiness }),
      ...(spec.nofile === undefined ? {} : { Ulimits: [{ Name: 'nofile', Soft: spec.nofile, Hard: spec.nofile }] }),
      Mounts: spec.mounts.map(({ volume, target, readOnly = false }) => ({
        ...{ Type: 'volume', Source: volume, Target: target },
        ReadOnly: readOnly,
      })),
      Tmpfs: { ...spec.tmpfs },
      PortBindings: bindings,
      RestartPolicy: { Name: spec.restart },
      LogConfig: { Type: 'json-file', Config: { 'max-size': spec.log.maxSize, 'max-file': String(spec.log.maxFiles) } },
      NetworkMode: spec.network,
      ReadonlyRootfs: spec.readOnlyRoot,
      ...(spec.layerSize === undefined ? {} : { StorageOpt: { size: String(spec.layerSize) } }),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Init: false,
    },
  };
}

/** Limits as create and update take them; a field left out stays as it is. */
export function limitsRequest(limits: Partial<ContainerLimits>): {
  Memory?: number;
  MemorySwap?: number;
  NanoCpus?: number;
  PidsLimit?: number;
} {
  return {
    ...(limits.memory === undefined ? {} : { Memory: limits.memory }),
    ...(limits.memorySwap === undefined ? {} : { MemorySwap: limits.memorySwap }),
    ...(limits.nanoCpus === undefined ? {} : { NanoCpus: limits.nanoCpus }),
    ...(limits.pids === undefined ? {} : { PidsLimit: limits.pids }),
  };
}
