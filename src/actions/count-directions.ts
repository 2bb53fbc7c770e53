import { PEER_DIRECTIONS, type PeerDirections } from '../node/peer-questions.ts';
import { ATTACH_BYTES } from '../node/room-for-attach.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';

/** A second geth takes a moment of a CPU and some of the container's memory: once a minute is enough for what changes slowly. */
const PACE_MS = 60_000;
/** Who only watches leaves a node several times the room that the question takes, or does not ask. */
const ROOM_BYTES = 4 * ATTACH_BYTES;

/** Who knows how many of a node's peers came to it, as of a while ago. */
export interface DirectionCounter {
  /** The last count of this run, begun anew in the background when it is time and the container has `room` (bytes) for it; null before the first. */
  latest(container: ObservedContainer, room: number): PeerDirections | null;
}

/** Counts through geth's IPC file, which alone tells directions, and gives up quietly where geth does not answer. */
export function directionCounter(engine: Engine, clock: Clock): DirectionCounter {
  let run = '';
  let known: PeerDirections | null = null;
  let due = 0;
  let asking = false;
  const count = async (id: string, mine: string) => {
    const { inbound, outbound } = await askIpc(id, PEER_DIRECTIONS, engine);
    if (run === mine) known = { time: clock.now(), inbound, outbound };
  };
  return {
    latest(container, room) {
      const now = `${container.id} ${container.startedAt}`;
      if (now !== run) [run, known, due] = [now, null, 0];
      if (!asking && clock.now() >= due && room >= ROOM_BYTES) {
        asking = true;
        due = clock.now() + PACE_MS;
        void count(container.id, now)
          .catch(() => {})
          .finally(() => {
            asking = false;
          });
      }
      return known;
    },
  };
}
