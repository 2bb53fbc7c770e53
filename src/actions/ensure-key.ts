import { NodectlError } from '../errors.ts';
import { GETH_GID, GETH_UID, JWT_FILE } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { MIB } from '../node/size.ts';
import type { Step } from '../node/step.ts';
import type { ContainerSpec } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';

/** Whoever makes a key is through in a fraction of it; a mark that is older was left by a nodectl that was killed. */
const MAKING_MS = 10_000;

/**
 * Puts a new key into a node's secret volume unless it has one. A container that is never started marks that somebody is at
 * it: with two keys in turn, geth and its client could each read another one.
 */
export async function ensureKey(
  { volume, image }: Extract<Step, { kind: 'make-key' }>,
  node: string,
  engine: Engine,
  newKey: () => string,
  clock: Clock,
): Promise<void> {
  const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
  const has = async () => (await engine.readVolumeFile({ volume, path: JWT_FILE, image, labels })) !== undefined;
  const mark = `${volume}.mark`;
  const deadline = clock.now() + MAKING_MS;
  while (!(await has())) {
    if (!(await takes(mark, image, labels, engine))) {
      if (clock.now() > deadline) await engine.removeContainer(mark, { force: true });
      await clock.sleep(100);
      continue;
    }
    try {
      if (await has()) break;
      const files = [{ path: JWT_FILE, content: `${newKey()}\n`, mode: 0o600 }];
      await engine.prepareVolume({ volume, helper: `${volume}.helper`, image, labels, uid: GETH_UID, gid: GETH_GID, files });
    } finally {
      await engine.removeContainer(mark, { force: true });
    }
  }
  // Left by a nodectl that was killed with the key made.
  await engine.removeContainer(mark, { force: true });
}

/** False when another nodectl has the mark. */
async function takes(name: string, image: string, labels: Readonly<Record<string, string>>, engine: Engine): Promise<boolean> {
  try {
    await engine.createContainer({ ...MARK, name, image, labels });
    return true;
  } catch (thrown) {
    if (thrown instanceof NodectlError && thrown.code === 'NAME_TAKEN') return false;
    throw thrown;
  }
}

const MARK: Omit<ContainerSpec, 'name' | 'image' | 'labels'> = {
  args: ['never-started'],
  env: {},
  user: `${GETH_UID}:${GETH_GID}`,
  limits: { memory: 16 * MIB, memorySwap: 16 * MIB, nanoCpus: 0, pids: 1 },
  mounts: [],
  tmpfs: {},
  ports: [],
  stopTimeoutSeconds: 1,
  restart: 'no',
  log: { maxSize: '1m', maxFiles: 1 },
  readOnlyRoot: true,
  network: 'none',
};
