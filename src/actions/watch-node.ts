import { NodectlError } from '../errors.ts';
import { consensusNames, partNames } from '../node/names.ts';
import type { NodeSample } from '../node/watch/sample.ts';
import type { World } from '../ports.ts';
import { noSuchNode } from './choose-node.ts';
import { observer } from './look-again.ts';
import { watchParts } from './watch-parts.ts';

/** What happens to the watching itself, in between the samples. */
export type WatchNews =
  /** The engine does not answer; `message` says why. */
  | { readonly kind: 'engine-lost'; readonly time: number; readonly message: string }
  | { readonly kind: 'engine-back'; readonly time: number }
  /** The node has no container any more. */
  | { readonly kind: 'gone'; readonly time: number };

export interface WatchOptions {
  /** From one look to the next, when nothing happens in between. */
  readonly intervalMs: number;
  /** Whether to ask, now and then and where there is room, which peers came to the node: the only thing that is run inside the container. */
  readonly directions?: boolean;
  /** Told in order with the samples. */
  readonly tell?: (news: WatchNews) => void;
}

/** However much happens, a node is not looked at more often. */
const LEAST_INTERVAL_MS = 250;
/** An engine that went away is looked for at this pace at least, since it tells nobody that it is back. */
const WHILE_LOST_MS = 2_000;
const ANSWER_MS = 5_000;
/** An engine that takes longer than this beyond the answers is as good as away. */
const ENGINE_MS = 5_000;
/** A question that it never answers is asked again after this; each keeps a connection open. */
const GIVEN_UP_MS = 60_000;

/**
 * Samples of a node until the person interrupts: one at once, then one per interval and one as soon as something happens to its
 * containers. It follows a node through restarts, removal and new containers, and waits for an engine that goes away. At the first look:
 * NO_SUCH_NODE, and the engine's errors.
 */
export async function* watchNode(
  node: string,
  { intervalMs, directions = false, tell = () => {} }: WatchOptions,
  world: World,
): AsyncGenerator<NodeSample> {
  const { clock, signal } = world;
  const engine = await world.engine();
  const { look } = observer(node, engine, await world.host(), world, { directions });
  const watch = watchParts([partNames(node).container, consensusNames(node).container], engine, clock, signal);
  let seenOnce = false;
  let gone = false;
  let lost = false;
  let open: OpenLook | undefined;
  const lose = (message: string) => {
    if (!lost) tell({ kind: 'engine-lost', time: clock.now(), message });
    lost = true;
  };
  try {
    while (!signal.aborted) {
      const began = clock.now();
      const mine: OpenLook =
        open === undefined || began - open.since > GIVEN_UP_MS ? { looking: look(began + ANSWER_MS), since: began, late: false } : open;
      const found: Found = await watch.within(mine.looking, ANSWER_MS + ENGINE_MS).catch(engineAway(seenOnce));
      if (found === 'late' && !seenOnce) throw new NodectlError('ENGINE_UNREACHABLE', 'The Docker engine does not answer.');
      if (found === 'late') lose('The Docker engine does not answer.');
      open = found === 'late' ? { ...mine, late: true } : undefined;
      // By the time that its engine answers again, nothing else has had time to.
      if (typeof found === 'object' && mine.late) continue;
      if (found instanceof NodectlError) lose(found.message);
      else if (typeof found === 'object') {
        if (found.value === undefined && !seenOnce) throw await noSuchNode(node, engine);
        if (lost) tell({ kind: 'engine-back', time: clock.now() });
        if (found.value === undefined && !gone) tell({ kind: 'gone', time: clock.now() });
        [seenOnce, lost, gone] = [true, false, found.value === undefined];
        if (found.value !== undefined) yield found.value;
      }
      const took = clock.now() - began;
      const pause = lost ? Math.min(intervalMs, WHILE_LOST_MS) : intervalMs;
      if (found !== 'woken') await watch.nap(Math.max(LEAST_INTERVAL_MS, pause - took));
      const early = LEAST_INTERVAL_MS - (clock.now() - began);
      if (early > 0) await clock.sleep(early, signal);
    }
  } finally {
    watch.close();
  }
}

/** What came of a look in time. */
type Found = { readonly value: NodeSample | undefined } | 'late' | 'woken' | NodectlError;

/** A look that may still end. */
interface OpenLook {
  readonly looking: Promise<NodeSample | undefined>;
  readonly since: number;
  /** Its deadline is over. */
  readonly late: boolean;
}

/** At the first look an engine that is not there ends the watch; later it may come back. */
function engineAway(seenOnce: boolean): (thrown: unknown) => NodectlError {
  return (thrown) => {
    if (seenOnce && thrown instanceof NodectlError && thrown.code.startsWith('ENGINE_')) return thrown;
    throw thrown;
  };
}
