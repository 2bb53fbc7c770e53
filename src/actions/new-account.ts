import { NodectlError } from '../errors.ts';
import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { type Account, newAccountRun, readNewAccount } from '../node/keystore.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { refuseForeign } from '../node/refuse-foreign.ts';
import type { World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { askPassword } from './ask-password.ts';
import { accountImage, runAccountTool } from './run-account-tool.ts';

export interface NewAccountRequest {
  readonly node: string;
  /** Left out, the person is asked. */
  readonly passwordFile?: string | undefined;
  readonly gethVersion?: string | undefined;
}

export interface NewAccountReport extends Account {
  readonly node: string;
  readonly volume: string;
}

/**
 * Makes a key in a node's volume, which is made when there is none yet: a genesis names its sealers before any node can run.
 * USAGE for the password, NAME_TAKEN for a volume that is not nodectl's, GETH_REFUSED.
 */
export async function newAccount(request: NewAccountRequest, world: World): Promise<NewAccountReport> {
  const { node } = request;
  const engine = await world.engine();
  const { container, volume, helper } = partNames(node);
  const observed = await engine.observe({ name: node, container, volume });
  refuseForeign(node, observed);
  const { passwordFile } = request;
  const password = passwordFile === undefined ? await askPassword(world.console) : (await world.profiles()).readPassword(passwordFile);
  const image = await accountImage(observed, request.gethVersion, world);
  if (observed.volume === undefined) {
    await engine.createVolume({ name: volume, labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'execution', [LABEL_VERSION]: VERSION } });
  }
  if (observed.container === undefined) {
    const labels = { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' };
    await engine.prepareVolume({ volume, image, helper, labels, uid: GETH_UID, gid: GETH_GID, files: [] });
  }
  const said = await runAccountTool({ node, volume, image }, newAccountRun(password), world);
  const account = readNewAccount(said);
  if (account === undefined) throw new NodectlError('GETH_REFUSED', '`geth account new` did not say which account it made.');
  return { node, ...account, volume };
}
