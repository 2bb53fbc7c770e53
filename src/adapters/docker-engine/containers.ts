import type { ContainerInspectInfo } from 'dockerode';
import { NodectlError } from '../../errors.ts';
import type { ContainerLimits, ContainerSpec, ObservedContainer } from '../../ports/containers.ts';
import type { ExitFacts } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { containerRequest, limitsRequest } from './container-request.ts';
import type { EngineRequest } from './engine-request.ts';
import { observedContainer } from './observed-container.ts';

/** Milliseconds to wait for a removal that someone else began. */
const REMOVAL_DEADLINE = 60_000;

export async function inspectContainer(connection: Connection, container: string): Promise<ObservedContainer | undefined> {
  const { status, body } = await connection.ask({
    method: 'GET',
    path: containerPath(container, 'json'),
    accept: [200, 404],
    purpose: `inspect the container ${container}`,
  });
  return status === 404 ? undefined : observedContainer(body as ContainerInspectInfo);
}

/** Bytes of its own layer: the engine walks it, which is little, since a node writes to its volumes. */
export async function layerSize(connection: Connection, container: string): Promise<number | undefined> {
  const { status, body } = await connection.ask({
    method: 'GET',
    path: containerPath(container, 'json'),
    query: { size: true },
    accept: [200, 404],
    purpose: `measure the container ${container}`,
  });
  const size = status === 404 ? undefined : (body as { readonly SizeRw?: number }).SizeRw;
  return size === undefined || size < 0 ? undefined : size;
}

/** The new container's id; NAME_TAKEN, NO_SUCH_IMAGE. */
export async function createContainer(connection: Connection, spec: ContainerSpec): Promise<string> {
  const { body } = await connection.ask({
    method: 'POST',
    path: '/containers/create',
    query: { name: spec.name },
    body: containerRequest(spec),
    accept: [200, 201],
    purpose: `create the container ${spec.name}`,
  });
  return (body as { Id: string }).Id;
}

/** 304, already running, is success. A container whose network was removed and made again is put into the new one. */
export async function startContainer(connection: Connection, container: string): Promise<void> {
  try {
    await act(connection, container, 'start', {});
  } catch (error) {
    if (!(error instanceof NodectlError) || !/network \S+ not found/i.test(error.message)) throw error;
    const { rejoinNetwork } = await import('./networks.ts');
    if (!(await rejoinNetwork(connection, container))) throw error;
    await act(connection, container, 'start', {});
  }
}

/** 304, not running, is success. The engine answers when the container has ended. */
export async function stopContainer(connection: Connection, container: string, timeoutSeconds: number): Promise<void> {
  await act(connection, container, 'stop', { query: { t: timeoutSeconds } });
}

/** NAME_TAKEN when the new name exists already. */
export async function renameContainer(connection: Connection, container: string, name: string): Promise<void> {
  await act(connection, container, 'rename', { query: { name } });
}

/** Memory and swap go in one request: the engine refuses one that passes the other. */
export async function updateLimits(connection: Connection, container: string, limits: Partial<ContainerLimits>): Promise<void> {
  await act(connection, container, 'update', { body: limitsRequest(limits) });
}

/**
 * Keeps volumes. When another process is removing it, waits until it is gone, so that its name is free. Now and then an engine finds its
 * own folder of the container not empty the moment it removed all in it, and is asked once more (github.com/moby/moby/issues/30392).
 */
export async function removeContainer(connection: Connection, container: string, force: boolean): Promise<void> {
  const request = {
    method: 'DELETE',
    path: containerPath(container),
    query: { force },
    accept: [204, 404],
    purpose: `remove the container ${container}`,
  } as const;
  try {
    await connection.ask(request);
  } catch (error) {
    const said = error instanceof NodectlError ? error.message : '';
    if (/removal of container .* is already in progress/i.test(said)) await untilRemoved(connection, container);
    else if (/failed to remove root filesystem/i.test(said)) await connection.ask(request);
    else throw error;
  }
}

/** Resolves when it is not running; undefined when there is no such container. INTERRUPTED by the signal. */
export async function waitForExit(connection: Connection, container: string, signal?: AbortSignal): Promise<ExitFacts | undefined> {
  const { status, body } = await connection.ask({
    method: 'POST',
    path: containerPath(container, 'wait'),
    query: { condition: 'not-running' },
    accept: [200, 404],
    signal,
    purpose: `wait for the container ${container}`,
  });
  return status === 404 ? undefined : { exitCode: (body as { StatusCode: number }).StatusCode };
}

async function act(connection: Connection, container: string, action: string, extra: Partial<EngineRequest>): Promise<void> {
  await connection.ask({
    method: 'POST',
    path: containerPath(container, action),
    accept: [200, 204, 304],
    purpose: `${action} the container ${container}`,
    ...extra,
  });
}

async function untilRemoved(connection: Connection, container: string): Promise<void> {
  await connection.ask({
    method: 'POST',
    path: containerPath(container, 'wait'),
    query: { condition: 'removed' },
    accept: [200, 404],
    signal: AbortSignal.timeout(REMOVAL_DEADLINE),
    purpose: `wait until the container ${container} is removed`,
  });
}
