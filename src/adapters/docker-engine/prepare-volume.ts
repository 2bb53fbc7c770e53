import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../errors.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { inspectContainer, removeContainer } from './containers.ts';
import { foldersAbove, ownedArchive } from './owned-archive.ts';
import { HELPER_MOUNT, helperRequest } from './volume-helper.ts';

type Request = Parameters<Engine['prepareVolume']>[0];

/** Milliseconds in which callers that disturb each other (two nodectl of one node) must be through. */
const DEADLINE = 60_000;

/**
 * Gives the volume's root to uid:gid with mode 0700 and puts the files into it. The engine applies the owner and mode of the
 * archive's entry for the mount to the mount itself.
 */
export async function prepareVolume(connection: Connection, request: Request): Promise<void> {
  const files = request.files.map((file) => ({ ...file, path: `${HELPER_MOUNT}/${file.path}` }));
  const archive = await ownedArchive([HELPER_MOUNT, ...files.flatMap(({ path }) => foldersAbove(path))], files, {
    uid: request.uid,
    gid: request.gid,
  });
  const deadline = Date.now() + DEADLINE;
  while (true) {
    const helper = await ensureHelper(connection, request);
    const prepared = helper !== undefined && (await unpack(connection, helper, request.helper, archive));
    if (prepared) return removeContainer(connection, helper, true);
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
      body: helperRequest(request),
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
      purpose: `prepare the volume through ${name}`,
    });
    return status === 200;
  } catch (error) {
    const gone = (await inspectContainer(connection, helper))?.state;
    if (gone === undefined || gone === 'removing' || gone === 'dead') return false;
    throw error;
  }
}
