import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { NodectlError } from '../../errors.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { removeContainer } from './containers.ts';
import { engineError } from './engine-error.ts';
import { HELPER_MOUNT, helperRequest } from './volume-helper.ts';
import { inspectVolume } from './volumes.ts';

/** The most that is read of a file. */
const LIMIT = 1 << 20;

/** The start of a file in a volume; undefined when there is no such volume or it has no such regular file. */
export async function readVolumeFile(
  connection: Connection,
  request: Parameters<Engine['readVolumeFile']>[0],
): Promise<string | undefined> {
  // A container that mounts a volume creates it; reading must not.
  if ((await inspectVolume(connection, request.volume)) === undefined) return undefined;
  const name = `nodectl-read-${randomBytes(6).toString('hex')}`;
  await connection.ask({
    method: 'POST',
    path: '/containers/create',
    query: { name },
    body: helperRequest(request),
    accept: [200, 201],
    purpose: `create the helper container ${name}`,
  });
  try {
    return await fileOf(connection, name, request.path);
  } finally {
    await removeContainer(connection, name, true);
  }
}

async function fileOf(connection: Connection, helper: string, path: string): Promise<string | undefined> {
  const request = {
    method: 'GET',
    path: containerPath(helper, 'archive'),
    query: { path: `/${HELPER_MOUNT}/${path}` },
    accept: [200, 404],
    purpose: `read ${path} of a volume`,
  } as const;
  const answer = await connection.open(request);
  try {
    if (answer.statusCode === 200) return await firstFile(answer);
    const said = (await start(answer)).toString();
    // Another nodectl removes leftovers, and may have taken our helper for one.
    if (/no such container/i.test(said)) throw new NodectlError('CONVERGENCE_FAILED', `The helper container ${helper} vanished.`);
    return undefined;
  } catch (error) {
    throw engineError(error, connection.endpoint, request);
  } finally {
    answer.destroy();
  }
}

/** The text of the archive's first entry; undefined when that is no file. */
async function firstFile(archive: Readable): Promise<string | undefined> {
  const entries = archive.pipe(extract());
  archive.once('error', (error) => entries.destroy(error));
  for await (const entry of entries) {
    return entry.header.type === 'file' ? (await start(Readable.from(entry))).toString() : undefined;
  }
  return undefined;
}

async function start(bytes: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= LIMIT) break;
  }
  return Buffer.concat(chunks).subarray(0, LIMIT);
}
