import type { BeaconApi } from './beacon-api.ts';
import type { Plan } from './consensus-config.ts';
import { until } from './until.ts';

/** Slots that may stay empty on a busy machine without a word. */
const QUIET_SLOTS = 8;

/** Tells each milestone of the chain once, until `signal` ends it: first block, epochs, what is justified and finalized; and when blocks stay away. */
export async function tellProgress(api: BeaconApi, plan: Plan, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const told = { slot: 0, epoch: 0, justified: 0, finalized: 0 };
  const age = () => `${Math.round(Date.now() / 1000 - plan.genesisTime)} s after genesis`;
  while (!signal.aborted) {
    await until('a new block', QUIET_SLOTS * plan.slotSeconds, signal, async () => {
      const [{ slot, root }, { justified, finalized }] = await Promise.all([api.head(), api.checkpoints()]);
      if (told.slot === 0 && slot > 0) say(`first block: slot ${slot}, ${root.slice(0, 10)}…, ${age()}`);
      const epoch = Math.floor(slot / plan.slotsPerEpoch);
      if (epoch > told.epoch) say(`epoch ${epoch}: slot ${slot}, ${age()}`);
      if (justified.epoch > told.justified) say(`justified: epoch ${justified.epoch}, ${justified.root.slice(0, 10)}…, ${age()}`);
      if (finalized.epoch > told.finalized) say(`finalized: epoch ${finalized.epoch}, ${finalized.root.slice(0, 10)}…, ${age()}`);
      const moved = slot > told.slot;
      Object.assign(told, { slot, epoch, justified: justified.epoch, finalized: finalized.epoch });
      return moved ? true : undefined;
    }).catch((error: unknown) => {
      if (!signal.aborted) say((error as Error).message);
    });
  }
}
