import type { Measure } from '../diagnosis/fix/measure.ts';
import { NodectlError } from '../errors.ts';
import type { Enforcement } from '../node/enforcement.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { addSwap } from './add-swap.ts';
import { START_MS, swapRequest, upRequest } from './measure-requests.ts';
import { restart, start } from './start.ts';
import { up } from './up.ts';
import { verifyLimits } from './verify-limits.ts';
import { withinDeadline } from './within-deadline.ts';

/** A container that ends in this time after its start was not mended, ms. */
const LEAST_LIFE = 2_000;

/** Carries out one measure that was agreed to; gives the limits that `up` reads back by itself. */
export async function takeMeasure(measure: Measure, world: World): Promise<readonly Enforcement[]> {
  const engine = await world.engine();
  switch (measure.kind) {
    case 'add-swap':
      await addSwap(await swapRequest(measure, world), quiet(world));
      return [];
    case 'limits': {
      const { container, memory, memorySwap } = measure;
      await engine.updateLimits(container.id, { memory, memorySwap });
      return [];
    }
    case 'up': {
      const { limits, consensus } = await up(upRequest(measure), world);
      return [...limits, ...(consensus?.limits ?? [])];
    }
    case 'start':
    case 'restart': {
      const act = measure.kind === 'start' ? start : restart;
      await act({ node: measure.node, wait: 'rpc', timeoutMs: START_MS }, world);
      return [];
    }
    case 'start-container':
      await engine.startContainer(measure.container.id);
      await mustLive(measure.container, engine, world);
      return [];
  }
}

/** The limits that a measure has changed live, as the kernel holds them, or else the engine. */
export async function readBack(measure: Measure, world: World): Promise<readonly Enforcement[]> {
  if (measure.kind !== 'limits') return [];
  const { container, memory, memorySwap } = measure;
  const [engine, host] = await Promise.all([world.engine(), world.host()]);
  const wanted = { name: container.id, limits: { ...container.limits, memory, memorySwap } };
  const rows = await verifyLimits(wanted, engine, await engine.info(), host);
  return rows.filter(({ limit }) => limit === 'memory' || (limit === 'swap' && memorySwap >= 0));
}

/** CONTAINER_DIED for one that ends again at once. */
async function mustLive({ id, name }: ObservedContainer, engine: Engine, { clock }: World): Promise<void> {
  const stop = new AbortController();
  const ended = await withinDeadline(engine.waitForExit(id, stop.signal), clock.now() + LEAST_LIFE, clock).finally(() => stop.abort());
  if (ended === 'late') return;
  throw new NodectlError('CONTAINER_DIED', `${name} ended again at once, with exit code ${ended.value?.exitCode ?? 'unknown'}.`, {
    hint: `Look again: \`nodectl diagnose --container ${name}\`.`,
  });
}

/** What was told and agreed to once is not told again. */
function quiet(world: World): World {
  return { ...world, console: { ...world.console, notice: () => {} } };
}
