import { NodectlError } from '../../errors.ts';
import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import type { ConsensusClient } from './consensus-client.ts';

/** UNSUPPORTED_OPTION where the image `ref` of a client is of a version that is known not to follow the network any more. */
export function refuseLostNetwork(client: ConsensusClient, ref: string, network: NetworkProfile): void {
  const version = ref === client.build?.reference ? client.build.version : client.image.version;
  const row = client.lost.find((lost) => lost.network === network.name && compareVersions(version, lost.until) <= 0);
  if (row === undefined || network.private !== undefined) return;
  throw new NodectlError('UNSUPPORTED_OPTION', `${client.title} ${version} does not follow ${network.name}: ${row.reason}.`, {
    hint: `Use --image-source pull, which gets ${client.image.version}, or another --consensus.`,
  });
}
