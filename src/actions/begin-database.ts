import { NodectlError } from '../errors.ts';
import { BEGUN_FILE, DATA_DIRECTORY, GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import type { Step } from '../node/step.ts';
import type { Engine } from '../ports/engine.ts';

/** A state of a public network is some hundred megabytes. */
const TIMEOUT_MS = 1_800_000;

/** Lets a consensus client begin its database from a checkpoint. ENDPOINTS_REFUSED with its last words when it cannot. */
export async function beginDatabase(step: Extract<Step, { kind: 'begin-database' }>, node: string, engine: Engine): Promise<void> {
  const { volume, image, entrypoint, words, user, memory } = step;
  const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
  const run = { image, entrypoint, args: words, labels, volume, target: DATA_DIRECTORY, user, files: [], memory };
  const ran = await engine.runOnVolume({ ...run, network: 'bridge', timeoutMs: TIMEOUT_MS });
  if (ran.exitCode !== 0) {
    throw new NodectlError('ENDPOINTS_REFUSED', 'The consensus client could not begin from the checkpoint.', {
      facts: { exit: String(ran.exitCode) },
    });
  }
  // A database that is begun is not begun again.
  const files = [{ path: BEGUN_FILE, content: '', mode: 0o600 }];
  await engine.prepareVolume({ volume, helper: `${volume}.helper`, image, labels, uid: GETH_UID, gid: GETH_GID, files });
}
