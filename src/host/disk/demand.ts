import { networkNeeds } from '../../node/geth-rules/network-needs.ts';
import type { Subject } from '../check.ts';

/** The disk that the planned node wants, and since when the figure holds; bytes undefined where no figure is known. */
export interface DiskDemand {
  readonly bytes: number | undefined;
  readonly source: string;
}

/** Of the node that is asked about; undefined where none is. What was asked with --storage counts where it is more. */
export function diskDemand({ network, storage }: Subject): DiskDemand | undefined {
  if (network === undefined) return storage === undefined ? undefined : { bytes: storage, source: '--storage' };
  const { disk, asOf } = networkNeeds(network, network.syncmode, 'all');
  if (storage !== undefined && storage > (disk ?? 0)) return { bytes: storage, source: '--storage' };
  return { bytes: disk, source: `${network.syncmode} on ${network.name}${asOf === undefined ? '' : `, ${asOf}`}` };
}

/** True when a node here follows a public chain, whose pace a slow disk must keep. */
export function followsPublicChain({ network, tenants }: Subject): boolean {
  return network?.consensus === 'required' || tenants.some(({ spec }) => spec.custom === null && spec.network !== 'dev');
}
