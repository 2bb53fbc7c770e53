import { NodectlError } from '../../errors.ts';
import type { ChainRecord } from '../chain-record.ts';
import type { NetworkProfile } from '../profile.ts';
import type { NodeSpec } from '../spec.ts';
import type { SyncMode } from '../sync-modes.ts';

/** Whether a light client takes geth's place: on a network with a beacon chain no geth is one. */
export function isLightClient(mode: SyncMode, profile: NetworkProfile): boolean {
  return mode === 'light' && profile.consensus === 'required';
}

/** The mode of a node: the asked one, the one it has, that of the light client which its volume was made for, or the network's. */
export function modeOf(
  asked: SyncMode | undefined,
  present: NodeSpec | undefined,
  record: ChainRecord | undefined,
  profile: NetworkProfile,
): SyncMode {
  return asked ?? present?.mode ?? (record?.geth === '' ? 'light' : profile.syncmode);
}

/** WRONG_VOLUME where a light client would take the place of a chain, or geth that of a light client: neither can use what the other keeps. */
export function refuseOtherKind(name: string, light: boolean, record: ChainRecord | undefined): void {
  if (record === undefined || light === (record.geth === '')) return;
  const [is, wanted] = light ? ['a geth', 'a light client'] : ['a light client', 'geth'];
  throw new NodectlError('WRONG_VOLUME', `The volume of ${name} is that of ${is}; ${wanted} needs a volume of its own.`, {
    hint: `Use another --name, or remove it with \`nodectl down ${name} --volumes\`.`,
  });
}
