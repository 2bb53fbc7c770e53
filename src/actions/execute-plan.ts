import { GETH_GID, GETH_UID } from '../node/container-paths.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import type { Step } from '../node/step.ts';
import type { SizedWish } from '../node/storage/sized-place.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock, ProfileFiles } from '../ports.ts';
import { beginDatabase } from './begin-database.ts';
import { ensureKey } from './ensure-key.ts';
import { initChain } from './init-chain.ts';
import type { Guard } from './provide-guard.ts';

export interface ExecutingGround {
  readonly engine: Engine;
  readonly files: Pick<ProfileFiles, 'randomKey'>;
  readonly clock: Clock;
  readonly provideSized: (wish: SizedWish) => Promise<void>;
  readonly guard: Pick<Guard, 'provide'>;
}

/** Carries out one step: one engine call, no policy. Providing an image is not the engine's alone; see converge. */
export async function executeStep(
  step: Exclude<Step, { kind: 'provide-image' }>,
  node: string,
  { engine, files, clock, provideSized, guard }: ExecutingGround,
): Promise<void> {
  switch (step.kind) {
    case 'remove-leftover':
      return engine.removeContainer(step.container, { force: step.force });
    case 'provide-storage':
      return provideSized(step.wish);
    case 'provide-guard':
      return guard.provide();
    case 'create-volume':
      return engine.createVolume(step.volume);
    case 'prepare-volume':
      return engine.prepareVolume({
        volume: step.volume,
        image: step.image,
        helper: step.helper,
        labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' },
        uid: GETH_UID,
        gid: GETH_GID,
        files: step.files,
      });
    case 'create-network':
      return engine.createNetwork(step.network);
    case 'init-chain':
      return initChain(step, node, engine);
    case 'make-key':
      return ensureKey(step, node, engine, files.randomKey, clock);
    case 'begin-database':
      return beginDatabase(step, node, engine);
    case 'stop-container':
      return engine.stopContainer(step.id, step.timeoutSeconds);
    case 'remove-container':
      return engine.removeContainer(step.id, { force: false });
    case 'create-container':
      await engine.createContainer(step.spec);
      return;
    case 'rename-container':
      return engine.renameContainer(step.container, step.name);
    case 'update-limits':
      return engine.updateLimits(step.id, step.limits);
    case 'start-container':
      return engine.startContainer(step.container);
  }
}
