import { networkGenesis } from '../node/endpoints/beacon-genesis.ts';
import type { Provider } from '../node/endpoints/provider.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { World } from '../ports.ts';
import { type AgreedCheckpoint, askCheckpoints } from './ask-checkpoints.ts';

interface AskerQuestion {
  readonly providers: readonly Provider[];
  readonly profile: NetworkProfile;
  /** True where the person named them. */
  readonly own: boolean;
  readonly force: boolean;
}

export type CheckpointAsker = (question: AskerQuestion) => Promise<AgreedCheckpoint>;

/** Asks providers of a network the first time, and gives the same answer however often it is wanted again. */
export function checkpointAsker(world: World): CheckpointAsker {
  let asked: Promise<AgreedCheckpoint> | undefined;
  return ({ providers, profile, own, force }) => {
    const genesis = networkGenesis(profile);
    asked ??= askCheckpoints({ providers, chainId: profile.chainId, genesis, own, force }, world);
    return asked;
  };
}
