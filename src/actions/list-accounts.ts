import { ACCOUNT_LIST, type Account, readAccounts } from '../node/keystore.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { accountImage, runAccountTool } from './run-account-tool.ts';

export interface AccountList {
  readonly node: string;
  readonly accounts: readonly Account[];
}

/** The accounts whose keys are in a node's volume, running or not. NO_SUCH_NODE, GETH_REFUSED. */
export async function listAccounts(request: { readonly node?: string | undefined }, world: World): Promise<AccountList> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const observed = await findNode(node, engine);
  if (observed.volume === undefined) return { node, accounts: [] };
  const image = await accountImage(observed, undefined, world);
  const said = await runAccountTool({ node, volume: observed.volume.name, image }, ACCOUNT_LIST, world);
  return { node, accounts: readAccounts(said) };
}
