import { NodectlError } from '../errors.ts';
import { labelRecord } from '../node/chain-record.ts';
import { DATA_DIRECTORY, GETH_GID, GETH_UID } from '../node/container-paths.ts';
import type { ACCOUNT_LIST } from '../node/keystore.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { presentSpec } from '../node/present.ts';
import { printable } from '../node/printable.ts';
import { GIB } from '../node/size.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { ensureImage } from './ensure-image.ts';

/** The password is stretched with scrypt, which takes 256 MiB by itself. */
const MEMORY = 0.75 * GIB;
const TIMEOUT_MS = 120_000;

/** The newest geth that seals with an account in its own keystore; every version writes the same key files. */
const ACCOUNT_VERSION = '1.13.15';

/** Runs `geth account …` on a node's volume, apart from the node, and gives what it printed; GETH_REFUSED when it failed. */
export async function runAccountTool(
  request: { readonly node: string; readonly volume: string; readonly image: string },
  run: typeof ACCOUNT_LIST,
  world: World,
): Promise<string> {
  const engine = await world.engine();
  const ran = await engine.runOnVolume({
    ...{ image: request.image, volume: request.volume, target: DATA_DIRECTORY, user: `${GETH_UID}:${GETH_GID}` },
    ...{ args: run.args, files: run.files, memory: MEMORY, timeoutMs: TIMEOUT_MS, signal: world.signal },
    labels: { [LABEL_NODE]: request.node, [LABEL_ROLE]: 'helper' },
  });
  if (ran.exitCode === 0) return ran.stdout;
  const lines = `${ran.stdout}\n${ran.stderr}`.trim().split('\n');
  const said = lines.findLast((line) => line.startsWith('Fatal:')) ?? lines.at(-1) ?? '';
  throw new NodectlError('GETH_REFUSED', `\`geth ${run.args.slice(0, 2).join(' ')}\` failed.`, {
    facts: { exit: String(ran.exitCode), geth: printable(said, 300) },
  });
}

/**
 * The image to run account tools with, provided when it is not there: of the version asked, else the node's own, else of what
 * its volume was made for, else of the newest geth that needs accounts.
 */
export async function accountImage(observed: ObservedNode, asked: string | undefined, world: World): Promise<string> {
  const engine = await world.engine();
  const { container, volume } = observed;
  const spec = presentSpec(container);
  const made = labelRecord(volume?.labels ?? {})?.geth;
  if ((spec?.light ?? null) !== null || made === '') {
    throw new NodectlError('UNSUPPORTED_OPTION', 'A light client keeps no accounts: no geth runs in its place.', {
      hint: 'Keep the key in a wallet, which can send through the light client, or use another --name.',
    });
  }
  if (asked === undefined && container !== undefined && (await engine.image(container.imageId))) return container.imageId;
  const version = asked ?? spec?.geth ?? made ?? ACCOUNT_VERSION;
  const { architecture } = await engine.info();
  return (await ensureImage({ version, source: 'auto', architecture }, world)).facts.id;
}
