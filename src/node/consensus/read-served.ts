import type { Served } from '../endpoints/judge-origin.ts';

/** The fields `blockRoot=0x… blockSlot=… stateRoot=0x… stateSlot=…` of a log line, in any order; undefined when one is missing. */
export function readServed(line: string): Served | undefined {
  const read = (what: 'block' | 'state') => {
    const root = new RegExp(`\\b${what}Root="?(0x[0-9a-fA-F]{64})\\b`).exec(line)?.[1]?.toLowerCase();
    const slot = new RegExp(`\\b${what}Slot="?(\\d{1,15})\\b`).exec(line)?.[1];
    return root === undefined || slot === undefined ? undefined : { root, slot: Number(slot) };
  };
  const [block, state] = [read('block'), read('state')];
  return block && state && { block, state };
}
