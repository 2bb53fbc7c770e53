import type { ContainerInspectInfo } from 'dockerode';
import type { ContainerState, ObservedContainer, PortBinding } from '../../ports/containers.ts';
import { engineInstant } from './engine-instant.ts';

/** Fields that the engine sends and dockerode's types lack. */
interface Untyped {
  readonly RestartCount?: number;
  readonly Config: { readonly StopTimeout?: number };
}

/** What `GET /containers/x/json` says, in our words. */
export function observedContainer(inspected: ContainerInspectInfo): ObservedContainer {
  const { State: state, Config: config, HostConfig: host } = inspected;
  const untyped = inspected as unknown as Untyped;
  return {
    id: inspected.Id,
    name: inspected.Name.replace(/^\//, ''),
    labels: config.Labels ?? {},
    imageId: inspected.Image,
    imageRef: config.Image,
    state: state.Status as ContainerState,
    exitCode: state.ExitCode,
    oomKilled: state.OOMKilled,
    error: state.Error ?? '',
    createdAt: engineInstant(inspected.Created),
    startedAt: engineInstant(state.StartedAt),
    finishedAt: engineInstant(state.FinishedAt),
    restartCount: untyped.RestartCount ?? 0,
    pid: state.Pid,
    args: config.Cmd ?? [],
    env: environment(config.Env ?? []),
    limits: {
      memory: host.Memory ?? 0,
      memorySwap: host.MemorySwap ?? 0,
      nanoCpus: host.NanoCpus ?? 0,
      pids: host.PidsLimit ?? 0,
    },
    // 10 s is the engine's own when none was set.
    stopTimeoutSeconds: untyped.Config.StopTimeout ?? 10,
    mounts: (inspected.Mounts ?? []).map((mount) => ({ volume: mount.Name ?? '', source: mount.Source, target: mount.Destination })),
    ports: bindings((host.PortBindings ?? {}) as Bindings, (inspected.NetworkSettings?.Ports ?? {}) as Bindings),
    tty: config.Tty,
    log: { driver: host.LogConfig?.Type ?? '', options: host.LogConfig?.Config ?? {} },
    addresses: Object.fromEntries(
      Object.entries(inspected.NetworkSettings?.Networks ?? {}).map(([network, { IPAddress }]) => [network, IPAddress ?? '']),
    ),
  };
}

interface Binding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}
type Bindings = Readonly<Record<string, readonly Binding[] | null>>;

function bindings(asked: Bindings, inForce: Bindings): PortBinding[] {
  return Object.entries(asked).flatMap(([key, hosts]) => {
    const [port, protocol] = key.split('/');
    return (hosts ?? []).map((host) => ({
      hostIp: host.HostIp ?? '',
      hostPort: hostPort(host, inForce[key] ?? []),
      containerPort: Number(port),
      protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
    }));
  });
}

/** Where no one port was asked for (`-p 8545`), the one that the engine chose, which is known while the container runs; else 0. */
function hostPort({ HostIp = '', HostPort = '' }: Binding, inForce: readonly Binding[]): number {
  const asked = Number(HostPort);
  if (asked > 0) return asked;
  const chosen = inForce.find((found) => found.HostIp === HostIp) ?? inForce[0];
  return Number(chosen?.HostPort ?? 0);
}

function environment(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
