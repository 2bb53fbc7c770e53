import { type Change, type CloudEvent, cloudEvent } from '../node/watch/cloud-event.ts';

/** Makes events of changes, counted, as one watcher whose engine's host is named so. */
export function eventTeller(hostname: string, tell: (change: Change, event: CloudEvent) => void): (change: Change) => void {
  const run = globalThis.crypto.randomUUID();
  let count = 0;
  return (change) => {
    count += 1;
    tell(change, cloudEvent(change, hostname, run, count));
  };
}
