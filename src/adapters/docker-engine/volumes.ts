import type { VolumeInspectInfo } from 'dockerode';
import type { ObservedVolume, VolumeSpec } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';
import { engineInstant } from './engine-instant.ts';

/** The volume of that name; undefined when there is none. */
export async function inspectVolume(connection: Connection, name: string): Promise<ObservedVolume | undefined> {
  const { status, body } = await connection.ask({
    method: 'GET',
    path: volumePath(name),
    accept: [200, 404],
    purpose: `inspect the volume ${name}`,
  });
  if (status === 404) return undefined;
  return observedVolume(body as Told);
}

/** Every volume that carries the label, `name` or `name=value`. */
export async function volumesWithLabel(connection: Connection, label: string): Promise<readonly ObservedVolume[]> {
  return listVolumes(connection, { label: [label] });
}

/** Every volume of one of these names; the engine's own filter finds those that contain the words. */
export async function volumesNamed(connection: Connection, names: readonly string[]): Promise<readonly ObservedVolume[]> {
  return (await listVolumes(connection, { name: names })).filter(({ name }) => names.includes(name));
}

async function listVolumes(
  connection: Connection,
  filters: Readonly<Record<string, readonly string[]>>,
): Promise<readonly ObservedVolume[]> {
  const { body } = await connection.ask({
    method: 'GET',
    path: '/volumes',
    query: { filters },
    accept: [200],
    purpose: 'list the volumes of a node',
  });
  const { Volumes } = body as { readonly Volumes: readonly Told[] | null };
  return (Volumes ?? []).map(observedVolume);
}

type Told = VolumeInspectInfo & { readonly CreatedAt?: string };

function observedVolume(volume: Told): ObservedVolume {
  return {
    name: volume.Name,
    labels: volume.Labels ?? {},
    mountpoint: volume.Mountpoint,
    driver: volume.Driver,
    options: volume.Options ?? {},
    createdAt: engineInstant(volume.CreatedAt),
  };
}

/** Creating is idempotent by the engine itself: an existing volume stays as it is, with its labels. */
export async function createVolume(connection: Connection, spec: VolumeSpec): Promise<void> {
  await connection.ask({
    method: 'POST',
    path: '/volumes/create',
    body: { Name: spec.name, Driver: 'local', DriverOpts: { ...spec.options }, Labels: { ...spec.labels } },
    accept: [200, 201],
    purpose: `create the volume ${spec.name}`,
  });
}

/** Removing what is gone already is success; a volume in use is ENGINE_FAILED. */
export async function removeVolume(connection: Connection, name: string): Promise<void> {
  await connection.ask({ method: 'DELETE', path: volumePath(name), accept: [204, 404], purpose: `remove the volume ${name}` });
}

/** Bytes in the volume by the engine's count over all volumes: seconds to minutes where there is much data. */
export async function volumeSize(connection: Connection, name: string): Promise<number | undefined> {
  const { body } = await connection.ask({
    method: 'GET',
    path: '/system/df',
    // Engines before API 1.42 do not know the type and count everything.
    query: { type: 'volume' },
    accept: [200],
    purpose: `measure the volume ${name}`,
  });
  const volumes = (body as { readonly Volumes?: readonly VolumeInspectInfo[] | null }).Volumes ?? [];
  const size = volumes.find((volume) => volume.Name === name)?.UsageData?.Size;
  return size === undefined || size < 0 ? undefined : size;
}

function volumePath(name: string): string {
  return `/volumes/${encodeURIComponent(name)}`;
}
