import { NodectlError } from '../../errors.ts';
import { shownEndpoint } from '../endpoints/shown-endpoint.ts';
import type { ConsensusClient } from './consensus-client.ts';

/**
 * USAGE where a client cannot be given the address of a checkpoint provider: it would leave a part of it out, or show it in its
 * arguments. A path or a query is where providers put their keys, too.
 */
export function refuseCheckpointAddress({ title, configFile, dropsPath }: ConsensusClient, address: string): void {
  const { pathname, search } = new URL(address);
  if (dropsPath === true && (pathname !== '/' || search !== '')) {
    throw new NodectlError('USAGE', `${title} asks a checkpoint provider at its root, and leaves path and query of its address out.`, {
      hint: 'Name a provider without path and query, or another --consensus.',
    });
  }
  if (configFile !== undefined || shownEndpoint(address) === address.replace(/\/$/, '')) return;
  throw new NodectlError('USAGE', `${title} takes the address of its checkpoint provider only as an argument, where others can see it.`, {
    hint: 'Name a provider without credentials, path and query, or another --consensus.',
  });
}
