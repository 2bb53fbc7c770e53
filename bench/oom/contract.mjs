const OP = { ADD: '01', GT: '11', KECCAK256: '20', MSTORE: '52', SLOAD: '54', SSTORE: '55', JUMPI: '57', GAS: '5a', JUMPDEST: '5b' };
const push1 = (value) => `60${value.toString(16).padStart(2, '0')}`;
const push3 = (value) => `62${value.toString(16).padStart(6, '0')}`;
const [STOP, DUP1, CODECOPY, RETURN] = ['00', '80', '39', 'f3'];
const LOOP = 3;

/**
 * The code that creates the contract of the load. Each call goes on where the last one ended and writes slots that were never
 * written before, at places spread over the whole trie, until only `keep` gas is left:
 *
 *     n = storage[0]; do { storage[keccak(n)] = n + 1; n = n + 1 } while (gas > keep); storage[0] = n
 */
export function creationCode(keep) {
  const code = [
    ...[push1(0), OP.SLOAD],
    ...[OP.JUMPDEST, DUP1, push1(0), OP.MSTORE, push1(1), OP.ADD],
    ...[DUP1, push1(32), push1(0), OP.KECCAK256, OP.SSTORE],
    ...[push3(keep), OP.GAS, OP.GT, push1(LOOP), OP.JUMPI],
    ...[push1(0), OP.SSTORE, STOP],
  ].join('');
  const length = push1(code.length / 2);
  const start = [length, push1(12), push1(0), CODECOPY, length, push1(0), RETURN].join('');
  return `0x${start}${code}`;
}
