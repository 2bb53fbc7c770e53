import { parseArgs } from 'node:util';
import { EPOCH_LENGTHS, FORKS } from './consensus-config.ts';
import type { NetworkOptions } from './network.ts';

/** What the program was asked to do. */
export interface Order {
  readonly network: NetworkOptions;
  readonly json: boolean;
  /** True ends the program, well, at the first finalized epoch. */
  readonly untilFinalized: boolean;
}

export const USAGE = `A private proof-of-stake network on this machine, for nodectl to join. Ctrl-C ends it and leaves nothing behind.

  npm run network:pos -- [options]

  --slots 3s            the length of a slot, whole seconds
  --epoch 8             slots of an epoch: 4, 8, 16 or 32
  --fork electra        the fork it is in: electra or fulu, which knows only epochs of 32 slots
  --second-beacon       a second pair that follows the first, as another provider of checkpoints
  --until finalized     end when the first epoch is finalized: exit code 0, or 1 where it is not
  --json                one line of addresses on standard output when ready
`;

/** Reads the command line; an Error says what is wrong with it, undefined means that help was asked for. */
export function readOptions(words: readonly string[]): Order | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      slots: { type: 'string', default: '3s' },
      epoch: { type: 'string' },
      fork: { type: 'string', default: FORKS[0] },
      'second-beacon': { type: 'boolean', default: false },
      until: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const slot = /^([1-9]\d?)s$/.exec(values.slots)?.[1];
  const fork = FORKS.find((name) => name === values.fork);
  if (slot === undefined) throw new Error(`--slots ${values.slots}: whole seconds, such as 3s`);
  if (fork === undefined) throw new Error(`--fork ${values.fork}: ${FORKS.join(' or ')}`);
  const lengths = EPOCH_LENGTHS[fork];
  const slotsPerEpoch = values.epoch === undefined ? lengths[0] : lengths.find((length) => String(length) === values.epoch);
  if (slotsPerEpoch === undefined)
    throw new Error(`--epoch ${values.epoch}: ${fork} knows ${lengths.toSorted((a, b) => a - b).join(', ')}`);
  if (values.until !== undefined && values.until !== 'finalized') throw new Error(`--until ${values.until}: only \`finalized\` is known`);
  return {
    network: { slotSeconds: Number(slot), slotsPerEpoch, fork, secondBeacon: values['second-beacon'] },
    json: values.json,
    untilFinalized: values.until === 'finalized',
  };
}
