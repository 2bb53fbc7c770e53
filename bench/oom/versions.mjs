/**
 * Flags without which geth takes the load: three calls fit a block, and their fee is above geth's usual bound. 1.13 makes blocks each
 * second instead of at each transaction: there, a transaction that comes while a block is begun stops the making of blocks for good.
 */
export function loadFlags(version) {
  const flags = ['--dev.gaslimit', '60000000', '--rpc.txfeecap', '0'];
  return version.startsWith('1.13.') ? [...flags, '--dev.period', '1'] : flags;
}

/**
 * Gas that a call keeps for its last steps: from 1.17.5 on a new slot costs several times as much in --dev, and a call that keeps
 * less runs out of gas and writes nothing.
 */
export function gasInHand(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  return major > 1 || minor > 17 || (minor === 17 && patch >= 5) ? 400_000 : 50_000;
}
