import { setTimeout as sleep } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { NodectlError } from '../../errors.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath, inspectContainer, removeContainer } from './containers.ts';

type Request = Parameters<Engine['ownVolume']>[0];

/** Where the helper mounts the volume; the archive's only entry names it. */
const MOUNT = 'nodectl-volume';

/** Milliseconds in which callers that disturb each other (two nodectl of one node) must be through. */
const DEADLINE = 60_000;

/**
 * Gives the volume's root to uid:gid with mode 0700. The engine mounts the volumes of a stopped container when an archive is
 * unpacked into it, and applies the entry's owner and mode to the mount: so no process ever runs, and no root in a container.
 */
export async function ownVolume(connection: Connection, request: Request): Promise<void> {
  const archive = await directoryEntry(request.uid, request.gid);
  const deadline = Date.now() + DEADLINE;
  while (true) {
    const helper = await ensureHelper(connection, request);
    const owned = helper !== undefined && (await unpack(connection, helper, request.helper, archive));
    if (owned) return removeContainer(connection, helper, true);
    if (Date.now() > deadline) {
      throw new NodectlError('CONVERGENCE_FAILED', `The helper container ${request.helper} kept vanishing.`);
    }
    await sleep(20 + Math.random() * 80);
  }
}

/** The id of the helper: a new one, or the one that another nodectl made or left; undefined when that vanished meanwhile. */
async function ensureHelper(connection: Connection, request: Request): Promise<string | undefined> {
  try {
    const { body } = await connection.ask({
      method: 'POST',
      path: '/containers/create',
      query: { name: request.helper },
      body: {
        Image: request.image,
        Cmd: ['never-started'],
        Labels: { ...request.labels },
        NetworkDisabled: true,
        HostConfig: { Mounts: [{ Type: 'volume', Source: request.volume, Target: `/${MOUNT}` }], NetworkMode: 'none', CapDrop: ['ALL'] },
      },
      accept: [200, 201],
      purpose: `create the helper container ${request.helper}`,
    });
    return (body as { Id: string }).Id;
  } catch (error) {
    if (!(error instanceof NodectlError) || error.code !== 'NAME_TAKEN') throw error;
    const existing = await inspectContainer(connection, request.helper);
    const ours = Object.entries(request.labels).every(([name, value]) => existing?.labels[name] === value);
    if (existing && !ours) throw error;
    return existing?.id;
  }
}

/** False when the helper vanished, or is vanishing, under our hands. */
async function unpack(connection: Connection, helper: string, name: string, archive: Buffer): Promise<boolean> {
  try {
    const { status } = await connection.ask({
      method: 'PUT',
      path: containerPath(helper, 'archive'),
      query: { path: '/' },
      archive,
      accept: [200, 404],
      purpose: `set the owner of the volume through ${name}`,
    });
    return status === 200;
  } catch (error) {
    const gone = (await inspectContainer(connection, helper))?.state;
    if (gone === undefined || gone === 'removing' || gone === 'dead') return false;
    throw error;
  }
}

async function directoryEntry(uid: number, gid: number): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: `${MOUNT}/`, type: 'directory', mode: 0o700, uid, gid, mtime: new Date(0) });
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
