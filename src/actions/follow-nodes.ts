import { NodectlError } from '../errors.ts';
import type { NodeSample } from '../node/watch/sample.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** Looks at one node again and again, until it is told to end. */
export type Watch = (node: string, signal: AbortSignal) => AsyncIterable<NodeSample>;

/** Keeps the latest look at each of many nodes. */
export interface NodeFollower {
  /** Begins with those it does not follow, also where following one has failed, and leaves who is not named. */
  follow(names: readonly string[]): void;
  /**
   * The latest look at a node that is looked at every `intervalMs`: the next one is under way where that is longer ago. Where there is
   * none, or none since the longest that a look can take, it is waited for until `deadline` (an instant); undefined when none comes.
   */
  read(node: string, intervalMs: number, deadline: number): Promise<NodeSample | undefined>;
  /** Rejects with what nobody foresaw; never resolves. */
  readonly broken: Promise<never>;
}

/** A look at a node that hangs, in an engine that hangs. */
const LONGEST_LOOK_MS = 12_000;
/** A small machine with many nodes would answer none of them in time, if it looked at all at once, and so again at each interval. */
const FIRST_LOOKS_AT_ONCE = 4;
/** A node that hangs does not keep the others from their turn. */
const TURN_MS = 1_000;

interface Followed {
  readonly over: AbortController;
  latest: NodeSample | undefined;
  /** Settles with the next look, and when there will be none. */
  next: Promise<void>;
  wake(): void;
  ended: boolean;
}

/** A follower of nodes through `watch`; a node whose watch fails does not hinder the others. */
export function followNodes(watch: Watch, clock: Clock): NodeFollower {
  const followed = new Map<string, Followed>();
  let breakAll: (cause: unknown) => void;
  const broken = new Promise<never>((_resolve, reject) => {
    breakAll = reject;
  });
  // Whoever asks for it hears of it; that nobody does must not end the process.
  broken.catch(() => {});

  const queue: (() => Promise<unknown>)[] = [];
  let begun = 0;
  const beginNext = () => {
    const begin = begun < FIRST_LOOKS_AT_ONCE ? queue.shift() : undefined;
    if (begin === undefined) return;
    begun += 1;
    void begin().then(() => {
      begun -= 1;
      beginNext();
    });
    beginNext();
  };
  const enter = (node: string) => {
    const entry: Followed = { over: new AbortController(), latest: undefined, next: Promise.resolve(), wake: () => {}, ended: false };
    renew(entry);
    followed.set(node, entry);
    queue.push(() => {
      keep(node, entry, watch).catch((thrown: unknown) => {
        if (!(thrown instanceof NodectlError)) breakAll(thrown);
      });
      return withinDeadline(entry.next, clock.now() + TURN_MS, clock);
    });
    beginNext();
  };
  return {
    broken,
    follow(names) {
      for (const [node, entry] of followed) {
        if (names.includes(node) && !entry.ended) continue;
        entry.over.abort('no longer followed');
        entry.wake();
        followed.delete(node);
      }
      for (const node of names) if (!followed.has(node)) enter(node);
    },
    async read(node, intervalMs, deadline) {
      const entry = followed.get(node);
      if (entry === undefined) return undefined;
      const oldest = clock.now() - intervalMs - LONGEST_LOOK_MS;
      const isYoung = () => entry.latest !== undefined && entry.latest.time >= oldest;
      if (!isYoung() && !entry.ended) await withinDeadline(entry.next, deadline, clock);
      return isYoung() ? entry.latest : undefined;
    },
  };
}

async function keep(node: string, entry: Followed, watch: Watch): Promise<void> {
  try {
    if (entry.over.signal.aborted) return;
    for await (const sample of watch(node, entry.over.signal)) {
      if (entry.over.signal.aborted) return;
      entry.latest = sample;
      const { wake } = entry;
      renew(entry);
      wake();
    }
  } finally {
    entry.ended = true;
    entry.wake();
  }
}

function renew(entry: Followed): void {
  entry.next = new Promise((resolve) => {
    entry.wake = resolve;
  });
}
