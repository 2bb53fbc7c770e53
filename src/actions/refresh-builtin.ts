import { NodectlError } from '../errors.ts';
import type { ConsensusSpec } from '../node/consensus/consensus-spec.ts';
import { BEACON_CHECKPOINT_FILE, DATA_DIRECTORY, GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { checkpointNotes } from '../node/endpoints/checkpoint-notes.ts';
import { ownProviders } from '../node/endpoints/provider.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { checkpointAsker } from './checkpoint-asker.ts';
import { resolveNetwork } from './resolve-network.ts';

/**
 * Gives geth's own light consensus a fresh finalized root before its stopped container is started. Where no two providers agree it
 * keeps the root it has, which geth follows as long as it is not too old. Gives the sentences that say so.
 */
export async function refreshBuiltin(
  spec: NodeSpec,
  { beaconApis }: Extract<ConsensusSpec, { kind: 'builtin' }>,
  container: ObservedContainer,
  world: World,
): Promise<readonly string[]> {
  const [engine, files] = await Promise.all([world.engine(), world.profiles()]);
  const profile = spec.custom ?? resolveNetwork(spec.network, files).profile;
  const { checkpoints } = profile.endpoints;
  const providers = checkpoints.length > 0 ? checkpoints : ownProviders(beaconApis);
  try {
    const checkpoint = await checkpointAsker(world)({ providers, profile, own: false, force: false });
    const file = { path: `${DATA_DIRECTORY}/${BEACON_CHECKPOINT_FILE}`, content: checkpoint.root, mode: 0o600 };
    await engine.putFiles(container.id, [file], GETH_UID, GETH_GID);
    return checkpointNotes('The light consensus of geth', checkpoint);
  } catch (thrown) {
    if (!(thrown instanceof NodectlError) || thrown.code !== 'ENDPOINTS_REFUSED') throw thrown;
    const reasons = Object.entries(thrown.facts).map(([who, reason]) => `${who}: ${reason}.`);
    return [`${thrown.message} geth starts from the root it has.`, ...reasons];
  }
}
