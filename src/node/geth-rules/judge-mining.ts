import { NodectlError } from '../../errors.ts';
import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import type { SyncMode } from '../sync-modes.ts';
import { NEWEST_LIGHT } from './light-rules.ts';
import { sealRule } from './mining-rules.ts';

/** What was asked about making blocks and serving light clients. */
export interface ServiceRequest {
  readonly version: string;
  readonly network: NetworkProfile;
  readonly mode: SyncMode;
  readonly mine: boolean;
  /** Lower case. */
  readonly etherbase: string | undefined;
  readonly lightPeers: number;
}

export interface JudgedMining {
  readonly mining: { readonly etherbase: string } | null;
  readonly note: string | undefined;
}

/** Whether and for whom the node makes blocks. UNSUPPORTED_OPTION with the reason where it cannot, USAGE for half a request. */
export function judgeMining({ network, mode, mine, etherbase }: ServiceRequest): JudgedMining {
  const none = { mining: null, note: undefined };
  if (!mine && etherbase === undefined) return none;
  const chain = network.private;
  if (chain === undefined && network.consensus === 'none') {
    if (etherbase !== undefined)
      throw refusal(`${network.name} pays its own account: --etherbase does nothing there.`, 'Leave --etherbase out.');
    return { ...none, note: `${network.name} makes its own blocks: --mine changes nothing.` };
  }
  const leaveOut = 'Leave --mine and --etherbase out.';
  if (chain === undefined) {
    throw refusal(
      `Nobody mines ${network.name} any more: since the Merge its blocks come from validators, by a consensus client.`,
      leaveOut,
    );
  }
  const { until, reason } = sealRule(chain.seal);
  if (until === undefined) throw refusal(`geth does not make the blocks of ${network.name} by itself: ${reason}.`, leaveOut);
  if (mode === 'light') throw refusal('A light client has no state to make blocks from.', 'Use --syncmode full, or leave --mine out.');
  if (!mine) throw new NodectlError('USAGE', '--etherbase says whom the blocks pay, but the node makes none.', { hint: 'Add --mine.' });
  if (etherbase === undefined) {
    throw new NodectlError('USAGE', '--mine needs the account that the blocks pay.', { hint: 'Add --etherbase 0x….' });
  }
  const table = 'The miner first makes a table of 1 GiB in the volume, which takes minutes of CPU; blocks come after it.';
  return { mining: { etherbase }, note: chain.seal === 'ethash' ? table : undefined };
}

/** UNSUPPORTED_OPTION where light clients are to be served and cannot be. */
export function judgeLightServing({ version, network, mode, lightPeers }: ServiceRequest): void {
  if (lightPeers === 0) return;
  const leaveOut = 'Leave --light-peers out.';
  const { private: chain } = network;
  if (chain === undefined || chain.seal === 'engine') {
    throw refusal(`${network.name} has no light clients to serve: geth's ended with the Merge.`, leaveOut);
  }
  if (compareVersions(version, NEWEST_LIGHT) > 0) {
    throw refusal(
      `geth ${version} no longer serves light clients; ${NEWEST_LIGHT} is the newest that does.`,
      `Use --geth-version ${NEWEST_LIGHT}.`,
    );
  }
  if (mode === 'light') throw refusal('A light client cannot serve others.', 'Use --syncmode full, or leave --light-peers out.');
}

function refusal(reason: string, hint: string): NodectlError {
  return new NodectlError('UNSUPPORTED_OPTION', reason, { hint });
}
