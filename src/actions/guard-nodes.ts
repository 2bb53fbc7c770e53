import { NodectlError } from '../errors.ts';
import { GUARD_LOCK } from '../host/guard/guard-seen.ts';
import { canBeWard, isWard } from '../node/guard/is-ward.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { Change } from '../node/watch/cloud-event.ts';
import type { ContainerSummary } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { keepWard, type Ward, type WardKeeper } from './keep-ward.ts';
import { withinDeadline } from './within-deadline.ts';

export interface GuardRequest {
  /** Undefined for every node whose size a watchdog keeps. */
  readonly node: string | undefined;
  /** From one look at a chain to the next, where it is not near its size. */
  readonly intervalMs: number;
}

/** New and restarted nodes are looked for at this pace at least: one question to the engine. */
const LISTING_MS = 2_000;
const ENGINE_MS = 10_000;

/**
 * Stops geth in good order where its chain has come to its size, until the person interrupts; what it does and cannot do is told. An
 * engine that goes away is waited for. USAGE for a node without a size, NO_SUCH_NODE; at the first look the engine's errors.
 */
export async function guardNodes({ node: asked, intervalMs }: GuardRequest, world: World, tell: (change: Change) => void): Promise<void> {
  const { clock, signal, console } = world;
  const engine = await world.engine();
  const only = asked === undefined ? undefined : await guardable(await chooseNode(asked, engine), world);
  const { local } = await engine.info();
  const changes = await world.hostChanges();
  const release = only === undefined ? await changes.lock(GUARD_LOCK) : undefined;
  const keepers = new Map<string, WardKeeper>();
  let lost = false;
  let listedOnce = false;
  const drop = (id: string) => {
    keepers.get(id)?.leave();
    keepers.delete(id);
  };
  console.notice(`Guarding ${only ?? 'every node whose --storage a watchdog keeps'}, until Ctrl-C.`);
  try {
    while (!signal.aborted) {
      const listed = await withinDeadline(engine.list(), clock.now() + ENGINE_MS, clock, signal).catch((thrown: unknown) => {
        if (!listedOnce || !(thrown instanceof NodectlError)) throw thrown;
        return 'late' as const;
      });
      if (listed === 'late' && !lost && !signal.aborted)
        console.warn('The Docker engine does not answer: nothing is guarded until it does.');
      if (listed !== 'late' && lost) console.notice('The Docker engine answers again.');
      lost = listed === 'late';
      if (listed !== 'late') {
        listedOnce = true;
        const wards = listed.value.flatMap((container) => wardOf(container, only) ?? []);
        for (const id of keepers.keys()) if (!wards.some((ward) => ward.id === id)) drop(id);
        for (const ward of wards) {
          if (keepers.get(ward.id)?.limit !== ward.limit) drop(ward.id);
          if (!keepers.has(ward.id)) keepers.set(ward.id, keepWard(ward, { intervalMs, local }, engine, world, tell));
        }
      }
      for (const keeper of keepers.values()) keeper.lookIfDue();
      await clock.sleep(Math.min(LISTING_MS, intervalMs), signal);
    }
  } finally {
    const stopping = [...keepers.values()].map(({ settled }) => settled());
    for (const id of [...keepers.keys()]) drop(id);
    // What is being stopped is stopped whole, and noted.
    await Promise.all(stopping);
    release?.();
  }
}

async function guardable(node: string, world: World): Promise<string> {
  const { container } = await findNode(node, await world.engine());
  const spec = readSpec(container?.labels ?? {});
  if (spec !== undefined && canBeWard(spec)) return node;
  throw new NodectlError('USAGE', `${node} has no size that could be guarded.`, {
    hint: `Give it one: \`nodectl up --name ${node} --storage SIZE\`.`,
  });
}

function wardOf({ id, name, state, labels }: ContainerSummary, only: string | undefined): Ward | undefined {
  const node = labels[LABEL_NODE];
  if (state !== 'running' || node === undefined || name !== partNames(node).container || labels[LABEL_ROLE] === 'light') return undefined;
  const spec = readSpec(labels);
  if (spec?.storage == null || !(only === undefined ? isWard(spec) : node === only)) return undefined;
  return { id, node, container: name, limit: spec.storage };
}
