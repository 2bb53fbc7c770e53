import { NodectlError } from '../../errors.ts';
import { shownEndpoint } from '../endpoints/shown-endpoint.ts';
import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import type { ConsensusClient } from './consensus-client.ts';

/** UNSUPPORTED_OPTION where this version of a client (X.Y.Z) is known not to follow a network any more. */
export function refuseLostNetwork(client: ConsensusClient, version: string, network: NetworkProfile): void {
  const row = client.lost.find((lost) => lost.network === network.name && compareVersions(version, lost.until) <= 0);
  if (row === undefined || network.private !== undefined) return;
  throw new NodectlError('UNSUPPORTED_OPTION', `${client.title} ${version} does not follow ${network.name}: ${row.reason}.`, {
    hint: `Use --image-source pull, for ${client.title} ${client.image.version}, or another --consensus.`,
  });
}

/** UNSUPPORTED_OPTION where a provider's address holds more than may be seen and the client takes it in its arguments alone. */
export function refuseSecretAddress(client: ConsensusClient, address: string): void {
  if (client.configFile !== undefined) return;
  refuseSecretInArguments(address, client.title, 'Use an address without user, password, path and query, or another --consensus.');
}

/** The same for geth's own light consensus, which takes its beacon APIs in its arguments. */
export function refuseSecretBeaconApi(address: string): void {
  refuseSecretInArguments(
    address,
    "geth's own consensus",
    'Use an address without them, or a client beside geth, for instance --consensus nimbus.',
  );
}

function refuseSecretInArguments(address: string, taker: string, hint: string): void {
  const shown = shownEndpoint(address);
  if (address.replace(/\/$/, '') === shown) return;
  throw new NodectlError(
    'UNSUPPORTED_OPTION',
    `The address ${shown} has a user, password, path or query, which may be a key, and ${taker} takes it in its arguments, where everybody on the host can read it.`,
    { hint },
  );
}
