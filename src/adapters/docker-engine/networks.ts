import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode';
import { NodectlError } from '../../errors.ts';
import type { NetworkSpec } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';

/**
 * Makes the network unless there is one of that name. Engines before 25 let two callers make two networks of one name at the
 * same moment, and refuse that name from then on as ambiguous: so whoever sees several removes all but the one that sorts first,
 * which is the same one for everybody.
 */
export async function createNetwork(connection: Connection, spec: NetworkSpec): Promise<void> {
  if ((await networksNamed(connection, spec.name)).length > 0) return;
  try {
    await connection.ask({
      method: 'POST',
      path: '/networks/create',
      body: { Name: spec.name, Driver: 'bridge', CheckDuplicate: true, Labels: { ...spec.labels } },
      accept: [201],
      purpose: `create the network ${spec.name}`,
    });
  } catch (error) {
    // Somebody else was first: that is said in several ways, the name or the address range being taken.
    if ((await networksNamed(connection, spec.name)).length > 0) return;
    throw error;
  }
  const [, ...duplicates] = (await networksNamed(connection, spec.name)).toSorted(byAge);
  for (const { Id } of duplicates.filter((network) => isOurs(network, spec))) await remove(connection, Id, spec.name);
}

/** Leaves a network of that name that lacks one of the labels; removing what is gone is success; false when running containers are in it. */
export async function removeNetwork(connection: Connection, network: NetworkSpec): Promise<boolean> {
  let all = true;
  const ours = (await networksNamed(connection, network.name)).filter((seen) => isOurs(seen, network));
  for (const { Id } of ours) all = (await remove(connection, Id, network.name)) && all;
  return all;
}

/** A container keeps the id of its network, not its name: puts it into the network that has the name now. False when there is none. */
export async function rejoinNetwork(connection: Connection, container: string): Promise<boolean> {
  const purpose = `put the container ${container} into its network`;
  const { body } = await connection.ask({ method: 'GET', path: containerPath(container, 'json'), accept: [200], purpose });
  const name = (body as ContainerInspectInfo).HostConfig.NetworkMode ?? '';
  const [network] = await networksNamed(connection, name);
  if (network === undefined) return false;
  const path = `/networks/${network.Id}/connect`;
  await connection.ask({ method: 'POST', path, body: { Container: container }, accept: [200], purpose });
  return true;
}

async function remove(connection: Connection, id: string, name: string): Promise<boolean> {
  try {
    await connection.ask({ method: 'DELETE', path: `/networks/${id}`, accept: [204, 404], purpose: `remove the network ${name}` });
    return true;
  } catch (error) {
    if (error instanceof NodectlError && /has active endpoints/i.test(error.message)) return false;
    throw error;
  }
}

function isOurs({ Labels }: NetworkInspectInfo, { labels }: NetworkSpec): boolean {
  return Object.entries(labels).every(([name, value]) => Labels?.[name] === value);
}

/** Every network of that name. */
async function networksNamed(connection: Connection, name: string): Promise<readonly NetworkInspectInfo[]> {
  return (await networksLike(connection, [name])).filter((network) => network.Name === name);
}

/** Every network whose name contains one of the words: the engine's own filter. */
export async function networksLike(connection: Connection, words: readonly string[]): Promise<readonly NetworkInspectInfo[]> {
  const { body } = await connection.ask({
    method: 'GET',
    path: '/networks',
    query: { filters: { name: words } },
    accept: [200],
    purpose: `look for the network ${words.join(', ')}`,
  });
  return body as readonly NetworkInspectInfo[];
}

function byAge(left: NetworkInspectInfo, right: NetworkInspectInfo): number {
  return left.Created < right.Created || (left.Created === right.Created && left.Id < right.Id) ? -1 : 1;
}
