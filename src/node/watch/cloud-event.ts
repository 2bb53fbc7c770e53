/** What happens to a watched node, as the end of a CloudEvents type: `io.nodectl.node.<word>`. */
export const EVENT_WORDS = [
  /** The first of a watch: where the node stands. */
  'watch-started',
  'state-changed',
  'phase-changed',
  'health-changed',
  'consensus-changed',
  'container-started',
  /** It ended in good order. */
  'container-stopped',
  'container-died',
  'container-gone',
  'warning-raised',
  'warning-cleared',
  'engine-lost',
  'engine-back',
  /** A guard has measured its chain, and keeps it to its size from now on. */
  'guarded',
  'guard-blind',
  'limit-reached',
  /** Geth ended in good order, or not, by the guard. */
  'guard-stopped',
] as const;
export type EventWord = (typeof EVENT_WORDS)[number];

/** Something that changed about a node, before it is an event of a certain watcher. */
export interface Change {
  readonly word: EventWord;
  readonly node: string;
  /** Instant, ms. */
  readonly time: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A CloudEvents 1.0 event in its JSON format. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** Unique together with `source`. */
  readonly id: string;
  /** `/nodectl/<hostname>`, of the engine's host. */
  readonly source: string;
  readonly type: `io.nodectl.node.${EventWord}`;
  /** RFC 3339. */
  readonly time: string;
  /** The node. */
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** A change as the `count`th event of the watcher `run`, a word that no other watcher has. */
export function cloudEvent({ word, node, time, data }: Change, hostname: string, run: string, count: number): CloudEvent {
  return {
    specversion: '1.0',
    id: `${run}-${count}`,
    source: `/nodectl/${encodeURIComponent(hostname)}`,
    type: `io.nodectl.node.${word}`,
    time: new Date(time).toISOString(),
    subject: node,
    datacontenttype: 'application/json',
    data,
  };
}
