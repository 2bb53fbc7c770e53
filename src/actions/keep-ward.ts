import { NodectlError } from '../errors.ts';
import { wardLock } from '../host/guard/guard-seen.ts';
import { judgeWard, type Reading, withReading } from '../node/guard/judge-ward.ts';
import { MIB } from '../node/size.ts';
import type { Change, EventWord } from '../node/watch/cloud-event.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { countVolume } from './count-volume.ts';
import { findNode } from './find-node.ts';
import { leastFreeOf } from './look-at-room.ts';
import { stopNode } from './stop-node.ts';

/** A running geth whose chain is kept to a size. */
export interface Ward {
  /** Of its container. */
  readonly id: string;
  readonly node: string;
  readonly container: string;
  /** Bytes. */
  readonly limit: number;
}

export interface WardKeeper {
  readonly limit: number;
  /** Begins a look in the background when it is time for one. */
  lookIfDue(): void;
  /** Resolves when what was begun is done. */
  settled(): Promise<void>;
  /** It is guarded no more. */
  leave(): void;
}

/** Counting may take this part of the time, but where the limit is near. */
const SHARE = 0.05;
const LONGEST_COUNT_MS = 60_000;
/** After what failed. */
const AGAIN_MS = 5_000;

/** Looks at one chain again and again, and stops its node in good order when it has come to its size. As long as it can be measured the ward's lock is held. */
export function keepWard(
  { id, node, container, limit }: Ward,
  { intervalMs, local }: { readonly intervalMs: number; readonly local: boolean },
  engine: Engine,
  world: World,
  tell: (change: Change) => void,
): WardKeeper {
  const { clock, signal } = world;
  let readings: readonly Reading[] = [];
  let due = 0;
  let looking: Promise<void> | undefined;
  let left = false;
  let blind = false;
  let release: (() => void) | undefined;
  const say = (word: EventWord, data: Change['data']) => tell({ word, node, time: clock.now(), data });
  const letGo = () => {
    release?.();
    release = undefined;
  };

  const measure = async (seen: ObservedContainer) => {
    const began = clock.now();
    const bytes = await countVolume(seen, local, began + LONGEST_COUNT_MS, engine, world);
    if (bytes === undefined) {
      letGo();
      if (!blind) say('guard-blind', { limitBytes: limit, message: 'What its chain takes could not be counted.' });
      blind = true;
      return 0;
    }
    // As of when the count began: what it missed counts as grown since.
    readings = withReading(readings, { time: began, bytes });
    release ??= left ? undefined : await (await world.hostChanges()).lock(wardLock(id));
    if (blind || readings.length === 1) say('guarded', { usedBytes: bytes, limitBytes: limit });
    blind = false;
    return clock.now() - began;
  };

  const stop = async (bytes: number, measured: boolean) => {
    say('limit-reached', { usedBytes: bytes, limitBytes: limit, measured });
    const { shutdown, head } = await stopNode(node, await findNode(node, engine), world, 'storage-limit');
    say('guard-stopped', {
      usedBytes: bytes,
      limitBytes: limit,
      clean: shutdown?.clean ?? null,
      exitCode: shutdown?.exitCode ?? null,
      head,
    });
  };

  const look = async () => {
    const seen = await engine.inspect(container);
    if (seen?.id !== id || seen.state !== 'running') return;
    const took = await measure(seen);
    const verdict = judgeWard({ limit, least: leastFreeOf(seen.args) * MIB, readings, now: clock.now(), intervalMs });
    if (left || signal.aborted) return;
    if (verdict.kind === 'stop') return stop(verdict.bytes, verdict.measured);
    due = clock.now() + (verdict.kind === 'blind' ? AGAIN_MS : Math.max(verdict.nextMs, Math.min(took / SHARE, verdict.nextMs * 4)));
  };

  return {
    limit,
    lookIfDue() {
      if (looking !== undefined || left || clock.now() < due) return;
      due = clock.now() + AGAIN_MS;
      looking = look()
        .catch((thrown: unknown) => {
          letGo();
          if (!(thrown instanceof NodectlError)) throw thrown;
          if (!blind) say('guard-blind', { limitBytes: limit, message: thrown.message });
          blind = true;
        })
        .finally(() => {
          looking = undefined;
        });
    },
    settled: async () => looking,
    leave() {
      left = true;
      letGo();
    },
  };
}
