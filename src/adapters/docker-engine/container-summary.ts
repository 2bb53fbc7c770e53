import type { ContainerInfo } from 'dockerode';
import type { ContainerState, ContainerSummary, PortBinding } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';

/** Containers by label, running or not: `nodectl.node`, or `nodectl.node=<name>`. */
export async function containersWithLabel(connection: Connection, label: string): Promise<readonly ContainerSummary[]> {
  const containers = await listContainers(connection, { all: true, filters: { label: [label] } });
  return containers.map(containerSummary);
}

/** Published ports of all running containers; one that is not running holds none. */
export async function publishedPorts(connection: Connection): Promise<readonly (PortBinding & { readonly container: string })[]> {
  const containers = await listContainers(connection, {});
  return containers.map(containerSummary).flatMap(({ name, ports }) => ports.map((port) => ({ ...port, container: name })));
}

/** Names of the containers that run with a volume; the engine's own filter takes a mount's path for a name, too. */
export async function volumeUsers(connection: Connection, volume: string): Promise<readonly string[]> {
  const containers = await listContainers(connection, { filters: { volume: [volume] } });
  const uses = ({ Mounts }: ContainerInfo) => (Mounts ?? []).some(({ Name }) => Name === volume);
  return containers.filter(uses).map((container) => containerSummary(container).name);
}

async function listContainers(connection: Connection, query: Readonly<Record<string, unknown>>): Promise<readonly ContainerInfo[]> {
  const { body } = await connection.ask({ method: 'GET', path: '/containers/json', query, accept: [200], purpose: 'list the containers' });
  return body as readonly ContainerInfo[];
}

function containerSummary(container: ContainerInfo): ContainerSummary {
  return {
    id: container.Id,
    name: (container.Names[0] ?? '').replace(/^\//, ''),
    labels: container.Labels ?? {},
    state: container.State as ContainerState,
    status: container.Status,
    createdAt: container.Created * 1000,
    ports: (container.Ports ?? [])
      .filter((port) => port.PublicPort)
      .map((port) => ({
        hostIp: port.IP ?? '',
        hostPort: port.PublicPort,
        containerPort: port.PrivatePort,
        protocol: port.Type === 'udp' ? 'udp' : 'tcp',
      })),
  };
}
