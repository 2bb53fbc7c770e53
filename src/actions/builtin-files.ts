import type { ConsensusSpec } from '../node/consensus/consensus-spec.ts';
import { lightConfig, readNetworkConfig } from '../node/consensus/network-config.ts';
import { BEACON_CHECKPOINT_FILE, BEACON_CONFIG_FILE } from '../node/container-paths.ts';
import { checkpointNotes } from '../node/endpoints/checkpoint-notes.ts';
import { plainSecretNotes } from '../node/endpoints/plain-secret.ts';
import { ownProviders, type Provider } from '../node/endpoints/provider.ts';
import type { PlacedFile } from '../ports/containers.ts';
import type { ConsensusDecided, ConsensusQuestion } from './decide-consensus.ts';
import type { Standing } from './decide-node.ts';

/**
 * What geth's own light consensus needs in the chain volume: a fresh finalized root to begin from, and a private network's forks.
 * One that runs needs neither, unless the network's configuration changed. ENDPOINTS_REFUSED where no two providers agree.
 */
export async function builtinFiles(
  { request, present, observed, profile, beacon }: ConsensusQuestion,
  { beaconApis }: Extract<ConsensusSpec, { kind: 'builtin' }>,
  ground: Standing,
): Promise<Pick<ConsensusDecided, 'files' | 'refresh' | 'notes'>> {
  const sameConfig = present?.custom?.private?.beacon?.config === profile.private?.beacon?.config;
  if (observed.container?.state === 'running' && present?.consensus?.kind === 'builtin' && sameConfig) return { files: [], notes: [] };
  const named = [...request.checkpointUrls, ...request.beaconApis];
  const own = named.length > 0;
  const known = profile.endpoints.checkpoints.length > 0 ? profile.endpoints.checkpoints : ownProviders(beaconApis);
  const providers: readonly Provider[] = own ? ownProviders(named) : known;
  const checkpoint = await ground.askCheckpoints({ providers, profile, own, force: request.force });
  const files: PlacedFile[] = [{ path: BEACON_CHECKPOINT_FILE, content: checkpoint.root, mode: 0o600 }];
  if (beacon !== undefined) {
    const { path, bytes } = beacon.config;
    files.push({ path: BEACON_CONFIG_FILE, content: lightConfig(readNetworkConfig(path, bytes)), mode: 0o600 });
  }
  // One that was stopped keeps its container, and begins again where this file says.
  const refresh = observed.container === undefined ? undefined : "geth's light consensus begins at a fresh root";
  return { files, refresh, notes: [...plainSecretNotes(named), ...checkpointNotes('The light consensus of geth', checkpoint)] };
}
