import { expect, it } from 'vitest';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';

const [block, state] = ['ab', 'cd'].map((byte) => `0x${byte.repeat(32)}`);
const WORDS = 'Downloaded checkpoint sync state and block.';
const served = (line: string) => consensusClient('prysm').served?.(line);

it('reads from Prysm’s log what it was served, in both of its formats', () => {
  const expected = { block: { root: block, slot: 112 }, state: { root: state, slot: 112 } };
  const fields = `blockRoot=${block} blockSlot=112 stateRoot=${state} stateSlot=112`;
  expect(served(`time="2026-11-21 09:41:12.001" level=info msg="${WORDS}" ${fields} prefix=checkpoint-sync`)).toEqual(expected);
  expect(served(`[2026-11-21 09:41:12]  INFO checkpoint-sync: ${WORDS} ${fields}`)).toEqual(expected);
  expect(served(`level=info msg="${WORDS}" blockRoot="${block}" blockSlot="112" stateRoot="${state}" stateSlot="112"`)).toEqual(expected);
});

it.each([
  `msg="${WORDS}" blockRoot=${block} blockSlot=112 stateSlot=112`,
  `msg="${WORDS}" blockRoot=${block} blockSlot=112 stateRoot=0xcd stateSlot=112`,
  `msg="Saving checkpoint data into database" blockRoot=${block} blockSlot=112 stateRoot=${state} stateSlot=112`,
])('takes no other line for it: %s', (line) => {
  expect(served(line)).toBeUndefined();
});
